package io.syslet.threads.expected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link Thread#getState} and {@link Thread#isAlive} in each state that a thread can be in. */
@ParameterizedClass
@EnumSource
class ThreadStatesTest {
  @Parameter ThreadKind kind = ThreadKind.JDK;

  private final AtomicBoolean stop = new AtomicBoolean();

  private void end(Thread thread) throws InterruptedException {
    stop.set(true);
    LockSupport.unpark(thread);
    thread.join();
    assertThat(thread.getState()).isEqualTo(Thread.State.TERMINATED);
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void newBeforeTheStart() throws Exception {
    Thread thread = kind.builder().unstarted(() -> {});
    assertThat(thread.getState()).isEqualTo(Thread.State.NEW);
    assertThat(thread.isAlive()).isFalse();
    thread.start();
    end(thread);
  }

  @Test
  void startsOnce() throws Exception {
    Thread thread = kind.start(() -> {});
    assertThatThrownBy(thread::start).isInstanceOf(IllegalThreadStateException.class);
    thread.join();
    assertThatThrownBy(thread::start).isInstanceOf(IllegalThreadStateException.class);
  }

  @Test
  void runnableWhileItComputes() throws Exception {
    CountDownLatch runs = new CountDownLatch(1);
    Thread thread =
        kind.start(
            () -> {
              runs.countDown();
              while (!stop.get()) {
                Thread.onSpinWait();
              }
            });
    runs.await();
    assertThat(thread.getState()).isEqualTo(Thread.State.RUNNABLE);
    assertThat(thread.isAlive()).isTrue();
    end(thread);
  }

  @Test
  void waitingWhileParked() throws Exception {
    Thread thread =
        kind.start(
            () -> {
              while (!stop.get()) {
                LockSupport.park();
              }
            });
    Eventually.is(thread, Thread.State.WAITING);
    assertThat(thread.isAlive()).isTrue();
    end(thread);
  }

  @Test
  void timedWaitingWhileParkedForATime() throws Exception {
    Thread thread =
        kind.start(
            () -> {
              while (!stop.get()) {
                LockSupport.parkNanos(Long.MAX_VALUE);
              }
            });
    Eventually.is(thread, Thread.State.TIMED_WAITING);
    end(thread);
  }

  @Test
  void timedWaitingWhileAsleep() throws Exception {
    FutureTask<Boolean> slept = new FutureTask<>(ThreadStatesTest::sleeps);
    Thread thread = kind.builder().start(slept);
    Eventually.is(thread, Thread.State.TIMED_WAITING);
    thread.interrupt();
    end(thread);
    assertThat(slept.get()).isFalse();
  }

  private static boolean sleeps() {
    try {
      Thread.sleep(1_000_000);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Test
  void waitingAndBlockedAtAMonitor() throws Exception {
    Object monitor = new Object();
    CountDownLatch waits = new CountDownLatch(1);
    Thread thread =
        kind.start(
            () -> {
              synchronized (monitor) {
                waits.countDown();
                while (!stop.get()) {
                  monitor.wait();
                }
              }
            });
    waits.await();
    Eventually.is(thread, Thread.State.WAITING);
    synchronized (monitor) {
      stop.set(true);
      monitor.notifyAll();
      Eventually.is(thread, Thread.State.BLOCKED);
    }
    end(thread);
  }

  @Test
  void timedWaitingAtAMonitor() throws Exception {
    Object monitor = new Object();
    Thread thread =
        kind.start(
            () -> {
              synchronized (monitor) {
                while (!stop.get()) {
                  monitor.wait(1_000_000);
                }
              }
            });
    Eventually.is(thread, Thread.State.TIMED_WAITING);
    synchronized (monitor) {
      stop.set(true);
      monitor.notifyAll();
    }
    end(thread);
  }

  @Test
  void waitingWhilePinned() throws Exception {
    Thread thread = kind.start(() -> Pinned.run(() -> parkUntil(stop)));
    Eventually.is(thread, Thread.State.WAITING);
    end(thread);
  }

  private static void parkUntil(AtomicBoolean stop) {
    while (!stop.get()) {
      LockSupport.park();
    }
  }
}
