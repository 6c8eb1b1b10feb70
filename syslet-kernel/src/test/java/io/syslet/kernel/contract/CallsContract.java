package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.Call;
import io.syslet.Calls;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Calls}: each end is told once, whoever blocks, and nobody waits for ever. */
public abstract class CallsContract extends KernelContract {
  /** Of the kernels that the booter makes. */
  protected CallsContract(Booter booter) {
    super(booter);
  }

  private static Call nothing(Calls calls) {
    return calls.call(Nr.GETPPID, 0, 0, 0, 0, 0, 0);
  }

  private static Call readByte(Calls calls, Rig rig) {
    return calls.read(rig.in, rig.buffer, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 64, 1000})
  void eachEndIsToldOnce(int limit) throws Exception {
    run(
        kernel -> {
          Calls calls = Calls.of(kernel, limit);
          int[] told = new int[500];
          Call.Listener<int[]> listener = (counts, call, status) -> counts[(int) call.data()]++;
          for (int i = 0; i < told.length; i++) {
            nothing(calls).then(listener, told, i);
          }
          assertThat(calls.awaitAll()).isZero();
          assertThat(told).containsOnly(1);
          assertThat(calls.made()).isEqualTo(told.length);
          assertThat(calls.inFlight() + calls.queued()).isZero();
          assertThat(calls.await()).as("there is none to wait for").isFalse();
          calls.close();
        });
  }

  @Test
  void aCallThatBlocksIsInFlightUntilAnAwait() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Calls calls = Calls.of(kernel);
          List<Long> told = new ArrayList<>();
          readByte(calls, rig).then(told::add);
          calls.submit();
          assertThat(calls.inFlight()).isOne();
          assertThat(told).isEmpty();
          rig.feed(1);
          assertThat(calls.await()).isTrue();
          assertThat(told).containsExactly(1L);
          assertThat(calls.pending()).isOne();
          calls.close();
        });
  }

  /** With the ring alone, who does not look at a refusal waits for ever. */
  @Test
  void whoBeginsMoreThanTheLimitWaitsForAnEnd() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Calls calls = Calls.of(kernel, 2);
          long[] told = new long[1];
          Task feeder =
              kernel.start(
                  k -> {
                    while (k.stats().inFlight() < 2) {
                      rig.nap(1000);
                    }
                    rig.feed(5);
                  });
          for (int i = 0; i < 5; i++) {
            readByte(calls, rig).then(status -> told[0] += status);
          }
          calls.awaitAll();
          assertThat(told[0]).isEqualTo(5);
          assertThat(calls.maxInFlight()).isLessThanOrEqualTo(2);
          feeder.join();
          calls.close();
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 256})
  void whoIsToldCanBeginOthersAsOftenAsItLikes(int limit) throws Exception {
    run(
        kernel -> {
          Calls calls = Calls.of(kernel, limit);
          Countdown countdown = new Countdown(calls, 3000);
          countdown.told(0);
          calls.awaitAll();
          assertThat(countdown.left).isZero();
          assertThat(calls.made()).isEqualTo(3000);
          calls.close();
        });
  }

  /** Begins calls, one or three at each end, until there have been enough. */
  private static final class Countdown {
    private final Calls calls;
    private int left;

    Countdown(Calls calls, int left) {
      this.calls = calls;
      this.left = left;
    }

    void told(long status) {
      for (int i = 0; i < 1 + 2 * (left % 2) && left > 0; i++) {
        left--;
        nothing(calls).then(this::told);
      }
    }
  }

  @Test
  void whoIsToldCannotWait() throws Exception {
    run(
        kernel -> {
          Calls calls = Calls.of(kernel);
          List<Runnable> waits =
              List.of(calls::submit, calls::await, calls::awaitAll, () -> nothing(calls).await());
          for (Runnable wait : waits) {
            nothing(calls).then(status -> wait.run());
            assertThatThrownBy(calls::awaitAll).isInstanceOf(IllegalStateException.class);
            calls.awaitAll();
          }
          calls.close();
        });
  }

  @Test
  void whatOneThrowsComesOutAndTheOthersAreTold() throws Exception {
    run(
        kernel -> {
          Calls calls = Calls.of(kernel);
          int[] told = new int[1];
          for (int i = 0; i < 10; i++) {
            boolean fails = i == 4;
            nothing(calls)
                .then(
                    status -> {
                      told[0]++;
                      if (fails) {
                        throw new UnsupportedOperationException("mine");
                      }
                    });
          }
          assertThatThrownBy(calls::awaitAll).hasMessage("mine");
          calls.awaitAll();
          assertThat(told[0]).isEqualTo(10);
          calls.close();
        });
  }

  @Test
  void anErrorThatNobodyIsToldOfIsKept() throws Exception {
    run(
        kernel -> {
          Calls calls = Calls.of(kernel);
          calls.close(-1);
          nothing(calls);
          calls.read(-1, kernel.arena().allocate(1));
          assertThat(calls.awaitAll()).isEqualTo(-Errno.EBADF);
          assertThat(calls.awaitAll()).isZero();
          calls.fsync(-1);
          assertThatThrownBy(calls::awaitAllOrThrow).hasMessageStartingWith("fsync: ");
          calls.close();
        });
  }

  @Test
  void aRefusedCallEndsWithItsErrorAndTheOthersAreMade() throws Exception {
    run(
        kernel -> {
          Calls calls = Calls.of(kernel);
          List<Long> told = new ArrayList<>();
          nothing(calls).then(status -> told.add(0L));
          calls.call(Nr.RING_WAIT, 0, 0, 0, 0, 0, 0).then(told::add);
          nothing(calls).then(status -> told.add(1L));
          calls.awaitAll();
          assertThat(told).containsExactlyInAnyOrder(0L, -(long) Errno.EINVAL, 1L);
          calls.close();
        });
  }

  @Test
  void thenComesRightAfterTheCall() throws Exception {
    run(
        kernel -> {
          Calls calls = Calls.of(kernel);
          Call first = nothing(calls);
          Call second = nothing(calls);
          assertThatThrownBy(() -> first.then(status -> {}))
              .isInstanceOf(IllegalStateException.class);
          second.then(status -> {});
          calls.submit();
          assertThatThrownBy(second::await).isInstanceOf(IllegalStateException.class);
          calls.close();
        });
  }

  @Test
  void callsCanBeMadePlainly() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Calls calls = Calls.of(kernel).plainly(nr -> nr == Nr.READ);
          Task feeder =
              kernel.start(
                  k -> {
                    rig.nap(2000);
                    rig.feed(1);
                  });
          List<Long> told = new ArrayList<>();
          readByte(calls, rig).then(told::add);
          nothing(calls).then(status -> told.add(status < 0 ? status : 7));
          calls.awaitAll();
          assertThat(told).containsExactly(1L, 7L);
          feeder.join();
          calls.close();
        });
  }
}
