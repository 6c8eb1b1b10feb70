package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.kernel.Cancellation;
import io.syslet.ring.CompletionRing;
import java.lang.foreign.Arena;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls of a thread that have a deadline, one after the other. */
class CarrierCallTest {
  private final CallSlots slots =
      CallSlots.allocate(Arena.ofAuto(), 2, CompletionRing.allocate(Arena.ofAuto(), 2, 1));
  private final CarrierCall calls = new CarrierCall();
  private final CompletableFuture<Long> turn = new CompletableFuture<>();

  /** Sleeps in a read of a timer that never ends, once a close was handed over. */
  private long sleepAfterAClose(long timer) {
    calls.onThisThread();
    slots.set(0, 0, Nr.CLOSE, -1, 0, 0, 0, 0, 0);
    slots.set(1, 0, Nr.READ, timer, slots.slot(0), Long.BYTES, 0, 0, 0);
    calls.handedOver(calls.begin(), slots.slot(0), 0, 0);
    calls.end(0);
    turn.complete(calls.begin(slots.slot(1)));
    long read = Native.syscall(Nr.READ, timer, slots.slot(0), Long.BYTES, 0, 0, 0);
    long status = calls.settled(read);
    calls.end(status);
    return status;
  }

  @Test
  @Timeout(60)
  void whatWasMadeBeforeDoesNotKeepADeadlineFromACall() throws Exception {
    long timer = Native.syscall(Nr.TIMERFD_CREATE, 1, 0, 0, 0, 0, 0);
    FutureTask<Long> sleep = new FutureTask<>(() -> sleepAfterAClose(timer));
    Thread.ofPlatform().start(sleep);
    Cancellation late = new Cancellation(Errno.ETIMEDOUT, turn.get());
    int taken = calls.take(late);
    while (taken == Cancellation.ASKED) {
      Thread.sleep(1);
      taken = calls.take(late);
    }
    assertThat(taken).isZero();
    assertThat(sleep.get()).isEqualTo(-Errno.ETIMEDOUT);
    Native.syscall(Nr.CLOSE, timer, 0, 0, 0, 0, 0);
  }
}
