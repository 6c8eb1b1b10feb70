package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.Calls;
import io.syslet.Chain;
import io.syslet.Errno;
import io.syslet.Label;
import io.syslet.Nr;
import io.syslet.Step;
import io.syslet.Sys;
import io.syslet.SyscallException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link Chain}: programs of calls, the same where a kernel runs them and where it does not. */
public abstract class ChainContract extends KernelContract {
  private static final int MODE = 0600;
  private static final int MAKE = Sys.O_RDWR | Sys.O_CREAT | Sys.O_TRUNC | Sys.O_CLOEXEC;

  /** Of the kernels that the booter makes. */
  protected ChainContract(Booter booter) {
    super(booter);
  }

  private byte[] bytes(String name) {
    return path(name).getBytes(StandardCharsets.UTF_8);
  }

  private int make(Calls calls, String name, MemorySegment content) {
    int fd = (int) calls.openat(Sys.AT_FDCWD, bytes(name), MAKE, MODE).awaitOrThrow();
    calls.write(fd, content).awaitOrThrow();
    return fd;
  }

  @Test
  void aFileIsOpenedReadAndClosed() throws Exception {
    run(
        kernel -> {
          try (Calls calls = Calls.of(kernel)) {
            calls.close(make(calls, "head", kernel.arena().allocateFrom("hello")));
            MemorySegment buffer = calls.allocate(64);
            Chain chain = calls.chain();
            Step fd = chain.openat(Sys.AT_FDCWD, bytes("head"), Sys.O_RDONLY, 0).stopOnError();
            Step length = chain.read(fd, buffer);
            Step closed = chain.close(fd);
            for (int i = 0; i < 3; i++) {
              assertThat(chain.run()).isZero();
              assertThat(length.status()).isEqualTo(6);
              assertThat(closed.status()).isZero();
              assertThat(buffer.getString(0)).isEqualTo("hello");
              buffer.fill((byte) 0);
            }
            calls.unlinkat(Sys.AT_FDCWD, bytes("head"), 0).awaitOrThrow();
            assertThat(chain.run()).isEqualTo(-Errno.ENOENT).isEqualTo(fd.status());
            assertThat(length.status()).as("not made").isEqualTo(-Errno.ECANCELED);
            assertThat(closed.status()).as("not made").isEqualTo(-Errno.ECANCELED);
            assertThatThrownBy(chain::runOrThrow)
                .isInstanceOf(SyscallException.class)
                .hasMessage("openat: No such file or directory (ENOENT)");
          }
        });
  }

  /** Reads and writes in a loop, until the file is at its end, and adds up. */
  @Test
  void aFileIsCopiedInALoop() throws Exception {
    run(
        kernel -> {
          try (Calls calls = Calls.of(kernel)) {
            MemorySegment content = calls.allocate(1000);
            for (int i = 0; i < 1000; i++) {
              content.set(ValueLayout.JAVA_BYTE, i, (byte) (i % 251));
            }
            int from = make(calls, "from", content);
            int to = make(calls, "to", kernel.arena().allocate(1));
            MemorySegment piece = calls.allocate(64);
            Chain chain = calls.chain();
            Label end = chain.label();
            chain.call(Nr.LSEEK, from, 0, 0, 0, 0, 0);
            chain.call(Nr.LSEEK, to, 0, 0, 0, 0, 0);
            Label again = chain.here();
            Step length = chain.read(from, piece).onNonPositive(end);
            Step written = chain.write(to, piece);
            Step sum = chain.sum(length).goTo(again);
            end.here();
            chain.call(Nr.LSEEK, to, 0, 0, 0, 0, 0);
            Step found = chain.read(to, calls.allocate(2000));
            assertThat(chain.run()).isEqualTo(1024).isEqualTo(found.status());
            assertThat(length.status()).isZero();
            assertThat(written.status()).isEqualTo(64);
            assertThat(sum.status()).isEqualTo(1000);
            assertThat(chain.run()).as("the sum begins at 0 again").isEqualTo(1024);
            assertThat(sum.status()).isEqualTo(1000);
            MemorySegment copy = calls.allocate(1000);
            assertThat(calls.pread(to, copy, 0).awaitOrThrow()).isEqualTo(1000);
            assertThat(copy.mismatch(content)).isEqualTo(-1);
            calls.close(from);
            calls.close(to);
            calls.unlinkat(Sys.AT_FDCWD, bytes("from"), 0);
            calls.unlinkat(Sys.AT_FDCWD, bytes("to"), 0);
          }
        });
  }

  @Test
  void aBranchSkipsWhatDoesNotApply() throws Exception {
    run(
        kernel -> {
          try (Calls calls = Calls.of(kernel)) {
            Chain chain = calls.chain();
            Label failed = chain.label();
            Step bad = chain.fsync(-1).onError(failed);
            Step skipped = chain.call(Nr.GETPPID, 0, 0, 0, 0, 0, 0);
            failed.here();
            Step made = chain.call(Nr.GETTID, 0, 0, 0, 0, 0, 0).stopOnZero();
            Step zero = chain.call(Nr.LSEEK, 0, 0, 99, 0, 0, 0).stopOnNonZero();
            Step never = chain.call(Nr.GETPPID, 0, 0, 0, 0, 0, 0);
            assertThat(chain.run()).isEqualTo(zero.status()).isNegative();
            assertThat(bad.status()).isEqualTo(-Errno.EBADF);
            assertThat(skipped.status()).isEqualTo(-Errno.ECANCELED);
            assertThat(made.status()).isPositive();
            assertThat(never.status()).isEqualTo(-Errno.ECANCELED);
          }
        });
  }

  @Test
  void aLabelAtTheEndIsTheEnd() throws Exception {
    run(
        kernel -> {
          try (Calls calls = Calls.of(kernel)) {
            Chain chain = calls.chain();
            Label end = chain.label();
            chain.fsync(-1).onError(end);
            chain.call(Nr.GETPPID, 0, 0, 0, 0, 0, 0);
            end.here();
            assertThat(chain.run()).isEqualTo(-Errno.EBADF);
          }
        });
  }

  /** What comes after the call that blocks is done without the caller. */
  @Test
  void programsThatBlockAreInFlightLikeCalls() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          try (Calls calls = Calls.of(kernel)) {
            Rig rig = new Rig(kernel);
            Rig other = new Rig(kernel);
            List<Long> told = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
              MemorySegment buffer = calls.allocate(1);
              Chain chain = calls.chain();
              Step length = chain.read(rig.in, buffer).stopOnNonPositive();
              chain.write(other.out, buffer);
              chain.begin().then(status -> told.add(status + length.status()));
              assertThatThrownBy(chain::begin).isInstanceOf(IllegalStateException.class);
            }
            calls.submit();
            assertThat(calls.inFlight()).isEqualTo(8);
            rig.feed(8);
            calls.awaitAll();
            assertThat(told).hasSize(8).containsOnly(2L);
            other.take(8);
          }
        });
  }

  /** A chain that is told of can be run again, also by who is told. */
  @Test
  void whoIsToldCanBeginTheProgramAgain() throws Exception {
    run(
        kernel -> {
          try (Calls calls = Calls.of(kernel, 1)) {
            Chain chain = calls.chain();
            chain.call(Nr.GETPPID, 0, 0, 0, 0, 0, 0);
            chain.call(Nr.GETPPID, 0, 0, 0, 0, 0, 0);
            Again again = new Again(chain);
            again.told(0);
            calls.awaitAll();
            assertThat(again.runs).isEqualTo(50);
          }
        });
  }

  private static final class Again {
    private final Chain chain;
    private int runs;

    Again(Chain chain) {
      this.chain = chain;
    }

    void told(long status) {
      if (runs++ < 49) {
        chain.begin().then(this::told);
      }
    }
  }

  /** That is what the step says, and no word of the kernel's own, after which it is run again. */
  @Test
  void theLastStepMayWantToBlock() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          try (Calls calls = Calls.of(kernel)) {
            Rig rig = new Rig(kernel);
            Rig other = new Rig(kernel);
            MemorySegment empty = calls.allocate(8);
            calls.pipe2(empty, Sys.O_NONBLOCK | Sys.O_CLOEXEC).awaitOrThrow();
            calls.read(rig.in, rig.buffer, 1);
            Chain chain = calls.chain();
            chain.write(other.out, calls.allocate(1));
            chain.read(empty.get(ValueLayout.JAVA_INT, 0), calls.allocate(1));
            assertThat(chain.run()).isEqualTo(-Errno.EAGAIN);
            assertThat(calls.inFlight()).as("others go on").isOne();
            assertThat(calls.read(other.in, other.buffer, 2).await()).as("once").isOne();
            rig.feed(1);
            calls.awaitAllOrThrow();
          }
        });
  }

  @Test
  void whatMakesNoSenseIsRefused() throws Exception {
    run(
        kernel -> {
          try (Calls calls = Calls.of(kernel)) {
            Chain chain = calls.chain();
            assertThatThrownBy(chain::run).isInstanceOf(IllegalStateException.class);
            Step step = chain.fsync(-1);
            assertThatThrownBy(step::status).isInstanceOf(IllegalStateException.class);
            Chain other = calls.chain();
            assertThatThrownBy(() -> other.close(step))
                .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> step.goTo(other.label()))
                .isInstanceOf(IllegalArgumentException.class);
            step.onError(chain.label());
            assertThatThrownBy(chain::run).isInstanceOf(IllegalStateException.class);
            Label here = chain.here();
            assertThatThrownBy(here::here).isInstanceOf(IllegalStateException.class);
          }
        });
  }
}
