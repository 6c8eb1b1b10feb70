package io.syslet.threads.expected;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Parking, sleeping and yielding. */
@ParameterizedClass
@EnumSource
class ParkingTest {
  @Parameter ThreadKind kind = ThreadKind.JDK;

  @Test
  void aPermitThatCameFirstIsUsedUp() throws Exception {
    AtomicBoolean given = new AtomicBoolean();
    AtomicBoolean parkedOnce = new AtomicBoolean();
    Thread thread =
        kind.start(
            () -> {
              while (!given.get()) {
                Thread.onSpinWait();
              }
              LockSupport.park();
              parkedOnce.set(true);
              while (parkedOnce.get()) {
                LockSupport.park();
              }
            });
    LockSupport.unpark(thread);
    given.set(true);
    Eventually.holds(parkedOnce::get);
    Eventually.is(thread, Thread.State.WAITING);
    parkedOnce.set(false);
    LockSupport.unpark(thread);
    thread.join();
  }

  @Test
  void theBlockerIsSeen() throws Exception {
    Object blocker = new Object();
    Thread thread = kind.start(() -> LockSupport.park(blocker));
    Eventually.holds(() -> LockSupport.getBlocker(thread) == blocker);
    LockSupport.unpark(thread);
    thread.join();
    assertThat(LockSupport.getBlocker(thread)).isNull();
  }

  @Test
  void sleepsNoLessThanItWasTold() throws Exception {
    long slept =
        kind.<Long>call(
            () -> {
              long start = System.nanoTime();
              Thread.sleep(20);
              Thread.sleep(Duration.ofMillis(5));
              Thread.sleep(0);
              Thread.sleep(Duration.ofMillis(-1));
              return System.nanoTime() - start;
            });
    assertThat(slept).isGreaterThanOrEqualTo(25_000_000);
  }

  @Test
  void parksForATime() throws Exception {
    assertThat(
            kind.<Boolean>call(
                () -> {
                  LockSupport.parkNanos(1_000_000);
                  LockSupport.parkNanos(-1);
                  LockSupport.parkUntil(System.currentTimeMillis() + 1);
                  return true;
                }))
        .isTrue();
  }

  @Test
  void thousandsSleepAtOnce() throws Exception {
    List<Thread> threads = new ArrayList<>();
    CountDownLatch woken = new CountDownLatch(5000);
    for (int i = 0; i < 5000; i++) {
      threads.add(
          kind.start(
              () -> {
                Thread.sleep(50);
                woken.countDown();
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(woken.getCount()).isZero();
  }

  @Test
  void unparkingOneThatHasEndedDoesNothing() throws Exception {
    Thread thread = kind.start(() -> {});
    thread.join();
    LockSupport.unpark(thread);
    assertThat(thread.getState()).isEqualTo(Thread.State.TERMINATED);
  }
}
