package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.Atoms;
import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Prep;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.CompletionWord;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs of atoms: {@code exec}. */
public abstract class ProgramContract extends KernelContract {
  private static final int LENGTH = 5000;
  private static final int CHUNK = 512;

  /** Of the kernels that the booter makes. */
  protected ProgramContract(Booter booter) {
    super(booter);
  }

  /** What {@code exec} returned, or, if something blocked, the last atom by its caller data. */
  static long last(Rig rig, long result) {
    if (result != PENDING) {
      return result;
    }
    long status = rig.await();
    long callerData = rig.consume();
    return status < 0 && callerData < 0 ? status : callerData;
  }

  @Test
  void oneCallsResultIsTheNextOnesArgument() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 4, 8 + 64, rig.ring);
          long fd = atoms.data();
          long path = CString.allocate(kernel.arena(), path("one"));
          int flags = Sys.O_RDWR | Sys.O_CREAT | Sys.O_TRUNC;
          Prep.openat(atoms.slots(), 0, 0, Sys.AT_FDCWD, path, flags, 0600);
          atoms.then(0, Atoms.STOP_ON_NEGATIVE, 1, fd);
          Prep.pwrite(atoms.slots(), 1, 1, 0, rig.buffer, 40, 2);
          Prep.pread(atoms.slots(), 2, 2, 0, fd + 8, 64, 0);
          Prep.close(atoms.slots(), 3, 3, 0);
          for (int i = 1; i < 4; i++) {
            atoms.fetch(i, 0, fd);
            atoms.then(i, 0, i < 3 ? i + 1 : Atoms.END, 0);
          }
          assertThat(last(rig, kernel.exec(atoms, 0, 4, 0))).isEqualTo(3);
          assertThat(atoms.status(0)).isNotNegative().isEqualTo(Memory.getLong(fd));
          assertThat(atoms.status(1)).isEqualTo(40);
          assertThat(atoms.status(2)).isEqualTo(42);
          assertThat(atoms.status(3)).isZero();
          assertThat(kernel.syscall(Nr.CLOSE, Memory.getLong(fd), 0, 0)).isEqualTo(-Errno.EBADF);
        });
  }

  @Test
  void aFetchedIntNeedNotBeAlignedToAWord() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 4, 16, rig.ring);
          long fds = atoms.data();
          Prep.pipe2(atoms.slots(), 0, 0, fds, 0);
          Prep.write(atoms.slots(), 1, 1, 0, rig.buffer, 7);
          atoms.fetch(1, 0, fds + 4);
          Prep.close(atoms.slots(), 2, 2, 0);
          atoms.fetch(2, 0, fds);
          Prep.close(atoms.slots(), 3, 3, 0);
          atoms.fetch(3, 0, fds + 4);
          for (int i = 0; i < 3; i++) {
            atoms.then(i, Atoms.STOP_ON_NEGATIVE, i + 1, 0);
          }
          assertThat(last(rig, kernel.exec(atoms, 0, 4, 0))).isEqualTo(3);
          assertThat(atoms.status(1)).isEqualTo(7);
          assertThat(atoms.status(3)).isZero();
        });
  }

  /** The atom counts to a status; the next one is run, skipped to, or neither. */
  @ParameterizedTest
  @CsvSource({
    "0x08, 0, 2",
    "0x08, 1, 0",
    "0x08, -1, 0",
    "0x10, 0, 0",
    "0x10, 1, 2",
    "0x10, -1, 2",
    "0x20, 0, 2",
    "0x20, 1, 2",
    "0x20, -1, 0",
    "0x40, 0, 0",
    "0x40, 1, 2",
    "0x40, -1, 0",
    "0x88, 0, 2",
    "0x88, 1, 1",
    "0x88, -1, 1",
    "0x90, 0, 1",
    "0x90, 1, 2",
    "0x90, -1, 2",
    "0xa0, 0, 2",
    "0xa0, 1, 2",
    "0xa0, -1, 1",
    "0xc0, 0, 1",
    "0xc0, 1, 2",
    "0xc0, -1, 1",
    "0x30, 0, 0",
    "0x30, 1, 2",
    "0x30, -1, 0",
    "0x78, 0, 0",
    "0x78, 1, 0",
    "0x00, 0, 2",
    "0x80, 0, 2"
  })
  void aConditionStopsOrSkips(String flags, long status, int last) throws Exception {
    run(
        kernel -> {
          Atoms atoms = Atoms.allocate(kernel.arena(), 3, 8, new Rig(kernel).ring);
          Prep.umemAdd(atoms.slots(), 0, 0, atoms.data(), status);
          atoms.then(0, Integer.decode(flags), 2, 0);
          Prep.umemAdd(atoms.slots(), 1, 1, atoms.data(), 0);
          Prep.umemAdd(atoms.slots(), 2, 2, atoms.data(), 0);
          assertThat(kernel.exec(atoms, 0, 3, 0)).isEqualTo(last);
          assertThat(atoms.status(0)).isEqualTo(status);
        });
  }

  @Test
  void umemAddCountsALoop() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8, rig.ring);
          Memory.putLong(atoms.data(), -100);
          Prep.write(atoms.slots(), 0, 0, rig.out, rig.buffer, 3);
          atoms.then(0, Atoms.STOP_ON_NON_POSITIVE, 1, 0);
          Prep.umemAdd(atoms.slots(), 1, 1, atoms.data(), 1);
          atoms.then(1, Atoms.STOP_ON_ZERO, 0, 0);
          assertThat(last(rig, kernel.exec(atoms, 0, 200, 0))).isEqualTo(1);
          rig.take(300);
          assertThat(Memory.getLong(atoms.data())).isZero();
          assertThat(atoms.status(1)).isZero();
        });
  }

  /** read, write what was read, until there is nothing more; two descriptors, one offset each. */
  @Test
  void aLoopCopiesAFile() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          long from = create(kernel, "from");
          long to = create(kernel, "to");
          assertThat(kernel.syscall(Nr.WRITE, from, rig.buffer, LENGTH)).isEqualTo(LENGTH);
          assertThat(kernel.syscall(Nr.LSEEK, from, 0, 0)).isZero();
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8 + CHUNK, rig.ring);
          long length = atoms.data();
          Prep.read(atoms.slots(), 0, 0, (int) from, length + 8, CHUNK);
          atoms.then(0, Atoms.STOP_ON_NON_POSITIVE, 1, length);
          Prep.write(atoms.slots(), 1, 1, (int) to, length + 8, 0);
          atoms.fetch(1, 2, length);
          atoms.then(1, Atoms.STOP_ON_NEGATIVE, 0, 0);
          assertThat(last(rig, kernel.exec(atoms, 0, 1000, 0))).isZero();
          assertThat(atoms.status(0)).isZero();
          assertThat(kernel.syscall(Nr.LSEEK, to, 0, 1)).isEqualTo(LENGTH);
        });
  }

  private long create(Kernel kernel, String name) {
    long path = CString.allocate(kernel.arena(), path(name));
    int flags = Sys.O_RDWR | Sys.O_CREAT | Sys.O_TRUNC;
    long fd = Sys.openat(kernel, Sys.AT_FDCWD, path, flags, 0600);
    assertThat(fd).isNotNegative();
    return fd;
  }

  @Test
  void whenACallBlocksTheRestGoesOnWithoutTheCaller() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Rig other = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 4, 16, rig.ring);
          Prep.write(atoms.slots(), 0, 10, other.out, other.buffer, 1);
          Prep.read(atoms.slots(), 1, 11, rig.in, rig.buffer, 8);
          Prep.read(atoms.slots(), 2, 12, rig.in, rig.buffer, 8);
          Prep.write(atoms.slots(), 3, 13, other.out, other.buffer, 0);
          atoms.then(0, Atoms.STOP_ON_NEGATIVE, 1, 0);
          atoms.then(1, Atoms.STOP_ON_NON_POSITIVE, 2, atoms.data());
          atoms.then(2, Atoms.STOP_ON_NON_POSITIVE, 3, atoms.data() + 8);
          atoms.fetch(3, 2, atoms.data() + 8);
          assertThat(kernel.exec(atoms, 0, 10, 0)).isEqualTo(PENDING);
          other.take(1);
          assertThat(rig.ring.isEmpty()).isTrue();
          rig.feed(3);
          assertThat(kernel.ringWait(rig.ring, rig.ring.tail(), 1, 1_000_000))
              .as("the second read blocks as well")
              .isEqualTo(-Errno.ETIME);
          rig.feed(5);
          assertThat(rig.await()).isEqualTo(5);
          assertThat(rig.consume()).isEqualTo(13);
          other.take(5);
          assertThat(Memory.getLong(atoms.data())).isEqualTo(3);
          assertThat(atoms.status(2)).isEqualTo(5);
          assertThat(rig.ring.isEmpty()).as("one completion").isTrue();
          assertThat(kernel.stats().inFlight()).isZero();
        });
  }

  @Test
  void manyProgramsAreUnderWayAtOnce() throws Exception {
    run(
        kernel -> {
          int many = 60;
          Rig rig = new Rig(kernel, 64);
          Rig other = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2 * many, 8, rig.ring);
          for (int i = 0; i < 2 * many; i += 2) {
            Prep.read(atoms.slots(), i, i, rig.in, rig.buffer, 1);
            atoms.then(i, Atoms.STOP_ON_NON_POSITIVE, i + 1, 0);
            Prep.umemAdd(atoms.slots(), i + 1, i + 1, atoms.data(), 1);
            assertThat(kernel.exec(atoms, i, 2, 0)).isEqualTo(PENDING);
          }
          rig.feed(many);
          long sum = 0;
          for (int i = 0; i < many; i++) {
            sum += rig.await();
            assertThat(rig.consume() & 1).isEqualTo(1);
          }
          assertThat(sum).as("each sum once").isEqualTo(many * (many + 1) / 2);
          assertThat(Memory.getLong(atoms.data())).isEqualTo(many);
          assertThat(other.ring.isEmpty()).isTrue();
        });
  }

  @Test
  void stepsAreBounded() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8, rig.ring);
          Prep.umemAdd(atoms.slots(), 0, 0, atoms.data(), 1);
          atoms.then(0, 0, 0, 0);
          assertThat(kernel.exec(atoms, 0, 1000, 0)).isEqualTo(-Errno.ETIME);
          assertThat(Memory.getLong(atoms.data())).isEqualTo(1000);
          atoms.then(0, Atoms.STOP_ON_NONZERO, 0, 0);
          assertThat(kernel.exec(atoms, 0, 1, 0)).as("just enough").isZero();
          assertThat(kernel.exec(atoms, 0, 0, 0)).isEqualTo(-Errno.EINVAL);
        });
  }

  @Test
  void stepsAreBoundedInTheBackgroundToo() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8, rig.ring);
          Prep.read(atoms.slots(), 0, 5, rig.in, rig.buffer, 1);
          atoms.then(0, 0, 1, 0);
          Prep.umemAdd(atoms.slots(), 1, 6, atoms.data(), 1);
          atoms.then(1, 0, 1, 0);
          assertThat(kernel.exec(atoms, 0, 1000, 0)).isEqualTo(PENDING);
          rig.feed(1);
          assertThat(rig.await()).isEqualTo(-Errno.ETIME);
          assertThat(rig.consume()).isEqualTo(6);
          assertThat(Memory.getLong(atoms.data())).isEqualTo(999);
        });
  }

  @Test
  void aProgramMayCompleteToAWordOrToNobody() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          CompletionWord word = CompletionWord.allocate(kernel.arena());
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8, rig.ring);
          Prep.read(atoms.slots(), 0, 0, rig.in, rig.buffer, 1);
          atoms.then(0, 0, 1, 0);
          Prep.umemAdd(atoms.slots(), 1, 0, atoms.data(), 17);
          target(atoms, Syslet.TARGET_WORD, word.address());
          assertThat(kernel.exec(atoms, 0, 2, 0)).isEqualTo(PENDING);
          rig.feed(1);
          assertThat(kernel.wordWait(word, Long.MAX_VALUE)).isZero();
          assertThat(word.status()).isEqualTo(17);
          target(atoms, Syslet.TARGET_NONE, 0);
          assertThat(kernel.exec(atoms, 0, 2, 0)).isEqualTo(PENDING);
          rig.feed(1);
          ended(rig);
          assertThat(Memory.getLong(atoms.data())).isEqualTo(34);
          assertThat(rig.ring.isEmpty()).isTrue();
        });
  }

  private static void target(Atoms atoms, int target, long address) {
    long params = atoms.slots().params(0);
    Memory.putInt(params + Params.TARGET, target);
    Memory.putLong(params + Params.COMPLETION_RING_PTR, address);
  }

  private static void ended(Rig rig) {
    while (rig.kernel.stats().inFlight() > 0) {
      rig.nap(1000);
    }
  }

  @Test
  void noCompleteInTheLastAtomTellsNobodyAndKeepsNoSlot() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel, 2);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8, rig.ring);
          Prep.read(atoms.slots(), 0, 1, rig.in, rig.buffer, 1);
          atoms.then(0, Atoms.NO_COMPLETE, 1, 0);
          Prep.umemAdd(atoms.slots(), 1, 2, atoms.data(), 1);
          for (int i = 0; i < 10; i++) {
            boolean silent = i % 2 == 0;
            atoms.then(1, silent ? Atoms.NO_COMPLETE : 0, Atoms.END, 0);
            assertThat(kernel.exec(atoms, 0, 2, 0)).isEqualTo(PENDING);
            rig.feed(1);
            ended(rig);
            if (!silent) {
              assertThat(rig.await()).isEqualTo(i + 1);
              assertThat(rig.consume()).isEqualTo(2);
            }
            assertThat(rig.ring.isEmpty()).isTrue();
          }
        });
  }

  @Test
  void aProgramWithoutATargetOrWithSyncIsMadePlainly() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8, rig.ring);
          Prep.nanosleep(atoms.slots(), 0, 0, rig.timespec(20_000), 0);
          atoms.then(0, Atoms.SYNC, 1, 0);
          atoms.set(1, 0, Nr.GETTID, 0, 0, 0, 0, 0, 0);
          assertThat(kernel.exec(atoms, 0, 2, 0)).isEqualTo(1);
          assertThat(atoms.status(1)).isEqualTo(kernel.syscall(Nr.GETTID, 0, 0, 0));
          atoms.then(0, 0, 1, 0);
          target(atoms, Syslet.TARGET_RING, 0);
          assertThat(kernel.exec(atoms, 0, 2, 0)).isEqualTo(1);
          assertThat(kernel.stats().pending()).isZero();
        });
  }

  @Test
  void gettidIsTheSubmittersAlsoInTheBackground() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 0, rig.ring);
          Prep.read(atoms.slots(), 0, 0, rig.in, rig.buffer, 1);
          atoms.then(0, 0, 1, 0);
          atoms.set(1, 0, Nr.GETTID, 0, 0, 0, 0, 0, 0);
          assertThat(kernel.exec(atoms, 0, 2, 0)).isEqualTo(PENDING);
          rig.feed(1);
          assertThat(rig.await()).isEqualTo(kernel.syscall(Nr.GETTID, 0, 0, 0));
        });
  }

  @Test
  void theNonBlockingFlagIsForEachCall() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 3, 8, rig.ring);
          Prep.read(atoms.slots(), 0, 0, rig.in, rig.buffer, 1);
          atoms.then(0, Atoms.STOP_ON_NEGATIVE | Atoms.SKIP_TO_NEXT_ON_STOP, 2, 0);
          Prep.write(atoms.slots(), 1, 1, rig.out, rig.buffer, 1);
          atoms.then(1, 0, 0, 0);
          Prep.umemAdd(atoms.slots(), 2, 2, atoms.data(), 1);
          assertThat(kernel.exec(atoms, 0, 10, Syslet.NONBLOCK)).isEqualTo(2);
          assertThat(atoms.status(0)).isEqualTo(1);
          assertThat(Memory.getLong(atoms.data())).isEqualTo(1);
        });
  }

  @Test
  void fileFlagsCountInEachAtom() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8, rig.ring);
          Prep.eventfd2(atoms.slots(), 0, 0, 0, 0);
          atoms.then(0, Atoms.STOP_ON_NEGATIVE, 1, atoms.data());
          Memory.putInt(atoms.slots().params(0) + Params.FILE_FLAGS, Sys.O_CLOEXEC);
          Prep.fcntl(atoms.slots(), 1, 1, 0, Sys.F_GETFD, 0);
          atoms.fetch(1, 0, atoms.data());
          assertThat(last(rig, kernel.exec(atoms, 0, 2, 0))).isEqualTo(1);
          assertThat(atoms.status(1)).isEqualTo(1);
          Memory.putInt(atoms.slots().params(1) + Params.FILE_FLAGS, Sys.O_CLOEXEC);
          assertThat(failed(rig, kernel.exec(atoms, 0, 2, 0))).isEqualTo(-Errno.EINVAL);
        });
  }

  private static long failed(Rig rig, long result) {
    return rig.settled(result);
  }

  @Test
  void theFrameIsEnteredAfterTheWholeProgram() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          CompletionRing left = CompletionRing.allocate(kernel.arena(), 4, 2);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8, rig.ring);
          long counter = atoms.data();
          long ip = kernel.frame(sp -> left.complete(left.reserve(), Memory.getLong(counter), sp));
          Memory.putLong(atoms.slots().params(0) + Params.FRAME_IP, ip);
          Memory.putLong(atoms.slots().params(0) + Params.FRAME_SP, 9);
          Prep.umemAdd(atoms.slots(), 0, 0, counter, 1);
          assertThat(kernel.exec(atoms, 0, 1, 0)).as("does not block: no frame").isZero();
          Prep.read(atoms.slots(), 0, 0, rig.in, rig.buffer, 1);
          atoms.then(0, 0, 1, 0);
          Prep.umemAdd(atoms.slots(), 1, 0, counter, 1);
          assertThat(kernel.exec(atoms, 0, 2, 0)).isEqualTo(PENDING);
          assertThat(kernel.exec(atoms, 0, 2, 0)).as("in use").isEqualTo(-Errno.EINVAL);
          rig.feed(1);
          assertThat(kernel.ringWait(left, left.tail())).isZero();
          assertThat(left.statusAt(left.tail())).isEqualTo(2);
          assertThat(rig.ring.statusAt(rig.ring.tail())).isEqualTo(2);
        });
  }

  @Test
  void aFullRingRefusesTheProgram() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel, 1);
          assertThat(rig.read(1)).isEqualTo(PENDING);
          Atoms atoms = Atoms.allocate(kernel.arena(), 1, 8, rig.ring);
          Prep.umemAdd(atoms.slots(), 0, 0, atoms.data(), 1);
          assertThat(kernel.exec(atoms, 0, 1, 0)).isEqualTo(-Errno.EAGAIN);
          assertThat(Memory.getLong(atoms.data())).isZero();
          rig.feed(1);
          assertThat(rig.await()).isEqualTo(1);
        });
  }

  @Test
  void whatIsNoMemoryOfTheProgramIsEfault() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 1, 16, rig.ring);
          long data = atoms.data();
          for (long bad : new long[] {8, data + 16, data + 9, atoms.atom(0) - 8, rig.buffer, -8}) {
            atoms.set(0, 0, Nr.GETPPID, 0, 0, 0, 0, 0, 0);
            atoms.fetch(0, 3, bad);
            assertThat(kernel.exec(atoms, 0, 1, 0)).as("fetch %x", bad).isEqualTo(-Errno.EFAULT);
            atoms.set(0, 0, Nr.UMEM_ADD, bad, 1, 0, 0, 0, 0);
            assertThat(kernel.exec(atoms, 0, 1, 0)).as("add %x", bad).isEqualTo(-Errno.EFAULT);
            atoms.set(0, 0, Nr.GETPPID, 0, 0, 0, 0, 0, 0);
            atoms.then(0, 0, Atoms.END, bad);
            assertThat(kernel.exec(atoms, 0, 1, 0)).as("result %x", bad).isEqualTo(-Errno.EFAULT);
          }
          atoms.then(0, 0, Atoms.END, data + 4);
          assertThat(kernel.exec(atoms, 0, 1, 0)).as("not aligned").isEqualTo(-Errno.EINVAL);
        });
  }

  @Test
  void whatIsNoAtomIsEinval() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8, rig.ring);
          Prep.umemAdd(atoms.slots(), 0, 0, atoms.data(), 1);
          Prep.umemAdd(atoms.slots(), 1, 1, atoms.data(), 1);
          assertThat(kernel.exec(atoms, -1, 9, 0)).isEqualTo(-Errno.EINVAL);
          assertThat(kernel.exec(atoms, 2, 9, 0)).isEqualTo(-Errno.EINVAL);
          assertThat(kernel.exec(atoms, 0, 9, 4)).isEqualTo(-Errno.EINVAL);
          for (int next : new int[] {2, -2, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            atoms.then(0, 0, next, 0);
            assertThat(kernel.exec(atoms, 0, 9, 0)).as("next %d", next).isEqualTo(-Errno.EINVAL);
          }
          for (int flags : new int[] {1, 1 << 14, 1 << 31}) {
            atoms.then(0, flags, Atoms.END, 0);
            assertThat(kernel.exec(atoms, 0, 9, 0)).as("flag %x", flags).isEqualTo(-Errno.EINVAL);
          }
          atoms.then(1, Atoms.SKIP_TO_NEXT_ON_STOP, Atoms.END, 0);
          assertThat(kernel.exec(atoms, 1, 9, 0)).as("none behind it").isEqualTo(-Errno.EINVAL);
          atoms.then(0, 0, Atoms.END, 0);
          Memory.putLong(atoms.atom(0) + Atoms.RESERVED, 1);
          assertThat(kernel.exec(atoms, 0, 9, 0)).as("reserved").isEqualTo(-Errno.EINVAL);
          assertThat(Memory.getLong(atoms.data())).as("nothing was run").isZero();
        });
  }

  @Test
  void anAtomThatCannotBeRunEndsTheProgramWhereItIs() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 3, 8, rig.ring);
          Prep.read(atoms.slots(), 0, 10, rig.in, rig.buffer, 1);
          atoms.then(0, 0, 1, 0);
          atoms.set(1, 11, Nr.MUNMAP, rig.buffer, 4096, 0, 0, 0, 0);
          atoms.then(1, 0, 2, 0);
          Prep.umemAdd(atoms.slots(), 2, 12, atoms.data(), 1);
          assertThat(kernel.exec(atoms, 0, 9, 0)).isEqualTo(PENDING);
          rig.feed(1);
          assertThat(rig.await()).isEqualTo(-Errno.EINVAL);
          assertThat(rig.consume()).isEqualTo(11);
          assertThat(atoms.status(0)).isEqualTo(1);
          assertThat(Memory.getLong(atoms.data())).isZero();
        });
  }

  @Test
  void memoryThatIsGoneIsEfaultAndHeapMemoryIsNone() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Arena arena = Arena.ofShared();
          Atoms atoms = Atoms.allocate(arena, 1, 8, rig.ring);
          arena.close();
          assertThat(kernel.exec(atoms, 0, 1, 0)).isEqualTo(-Errno.EFAULT);
          MemorySegment heap = MemorySegment.ofArray(new long[64]);
          assertThatThrownBy(() -> Atoms.wrap(heap, 1))
              .isInstanceOf(IllegalArgumentException.class);
        });
  }

  @Test
  void aProgramStillUnderWayAtTheEndIsCompletedOnceAndGoesOnNoFurther() throws Exception {
    CompletionRing ring = CompletionRing.allocate(Arena.global(), 8, 1);
    Atoms atoms = Atoms.allocate(Arena.global(), 2, 8, ring);
    try (Kernel kernel = boot()) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            Prep.read(atoms.slots(), 0, 5, rig.in, rig.buffer, 1);
            atoms.then(0, 0, 1, 0);
            Prep.umemAdd(atoms.slots(), 1, 6, atoms.data(), 1);
            atoms.then(1, Atoms.NO_COMPLETE, Atoms.END, 0);
            assertThat(k.exec(atoms, 0, 2, 0)).isEqualTo(PENDING);
          });
    }
    assertThat(ring.head() - ring.tail()).isEqualTo(1);
    assertThat(ring.statusAt(ring.tail())).isEqualTo(-Errno.ECANCELED);
    assertThat(ring.callerDataAt(ring.tail())).isEqualTo(5);
    assertThat(Memory.getLong(atoms.data())).isZero();
  }

  @Test
  @SuppressWarnings("try") // closed in the middle
  void aClosedKernelRunsNoProgram() throws Exception {
    try (Kernel kernel = boot()) {
      Atoms atoms = Atoms.allocate(Arena.global(), 1, 0, new Rig(kernel).ring);
      kernel.close();
      assertThat(kernel.exec(atoms, 0, 1, 0)).isEqualTo(-Errno.ESHUTDOWN);
    }
  }
}
