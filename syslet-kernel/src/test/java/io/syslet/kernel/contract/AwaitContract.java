package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.Call;
import io.syslet.Calls;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.SyscallException;
import io.syslet.Task;
import org.junit.jupiter.api.Test;

/** What a task of {@link Calls} waits for: the end of one call, or that another task wakes it. */
public abstract class AwaitContract extends KernelContract {
  /** Of the kernels that the booter makes. */
  protected AwaitContract(Booter booter) {
    super(booter);
  }

  private interface OnAPipe {
    void run(Rig rig, Calls calls);
  }

  private void onAPipe(OnAPipe test) throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Calls calls = Calls.of(kernel);
          test.run(new Rig(kernel), calls);
          calls.close();
        });
  }

  private static Call readByte(Calls calls, Rig rig) {
    return calls.read(rig.in, rig.buffer, 1);
  }

  @Test
  void awaitGivesTheResultOrThrowsIt() throws Exception {
    onAPipe(
        (rig, calls) -> {
          long[] told = new long[1];
          readByte(calls, rig).then(status -> told[0] = status);
          assertThat(calls.write(rig.out, rig.buffer, 2).await()).isEqualTo(2);
          assertThat(readByte(calls, rig).awaitOrThrow()).isOne();
          calls.awaitAll();
          assertThat(told[0]).as("told meanwhile").isOne();
          assertThat(calls.close(-1).await()).isEqualTo(-Errno.EBADF);
          assertThatThrownBy(() -> calls.fsync(-1).awaitOrThrow())
              .isInstanceOf(SyscallException.class)
              .hasMessage("fsync: Bad file descriptor (EBADF)");
        });
  }

  /** Whose wait has ended without it is in flight, and ends while another one is awaited. */
  @Test
  void whatWasAwaitedBeforeIsNotWhatIsAwaitedNow() throws Exception {
    onAPipe(
        (rig, calls) -> {
          calls
              .call(Nr.GETPPID, 0, 0, 0, 0, 0, 0)
              .then(
                  status -> {
                    throw new UnsupportedOperationException("mine");
                  });
          assertThatThrownBy(() -> readByte(calls, rig).await()).hasMessage("mine");
          rig.feed(1);
          while (rig.kernel.stats().inFlight() > 0) {
            rig.nap(1000);
          }
          assertThat(calls.write(rig.out, rig.buffer, 2).await()).isEqualTo(2);
        });
  }

  @Test
  void anotherTaskCanWake() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Calls calls = Calls.of(kernel);
          Task waker =
              kernel.start(
                  k -> {
                    rig.nap(2000);
                    calls.wake();
                  });
          calls.awaitWake();
          waker.join();
          assertThat(calls.inFlight()).isZero();
          calls.wake();
          calls.awaitWake();
          calls.close();
        });
  }

  /** Each wake-up takes a place of the ring. */
  @Test
  void noCallIsRefusedHoweverOftenTheTaskWasWoken() throws Exception {
    run(
        kernel -> {
          Calls calls = Calls.of(kernel, 1);
          for (int i = 0; i < 1000; i++) {
            calls.wake();
          }
          assertThat(calls.call(Nr.GETPPID, 0, 0, 0, 0, 0, 0).await()).isNotNegative();
          calls.awaitWake();
          calls.close();
        });
  }
}
