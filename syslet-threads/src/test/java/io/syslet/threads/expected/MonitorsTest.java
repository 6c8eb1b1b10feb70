package io.syslet.threads.expected;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Monitors, locks and conditions among many threads. */
@ParameterizedClass
@EnumSource
class MonitorsTest {
  private static final int THREADS = 50;
  private static final int ROUNDS = 500;

  @Parameter ThreadKind kind = ThreadKind.JDK;

  private void all(ThreadKind.Body body) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(kind.start(body));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void aMonitorExcludes() throws Exception {
    int[] count = new int[1];
    Object monitor = new Object();
    all(
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            synchronized (monitor) {
              count[0]++;
            }
          }
        });
    assertThat(count[0]).isEqualTo(THREADS * ROUNDS);
  }

  @Test
  @SuppressWarnings("ThreadPriorityCheck") // yielding is what is tried
  void aMonitorIsKeptOverASleepAndReentered() throws Exception {
    int[] count = new int[1];
    Object monitor = new Object();
    all(
        () -> {
          synchronized (monitor) {
            int before = count[0];
            Thread.sleep(1);
            synchronized (monitor) {
              Thread.yield();
              count[0] = before + 1;
            }
          }
        });
    assertThat(count[0]).isEqualTo(THREADS);
  }

  @Test
  void aLockExcludes() throws Exception {
    int[] count = new int[1];
    ReentrantLock lock = new ReentrantLock();
    all(
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            lock.lock();
            try {
              count[0]++;
            } finally {
              lock.unlock();
            }
          }
        });
    assertThat(count[0]).isEqualTo(THREADS * ROUNDS);
  }

  @Test
  void nothingIsLostBetweenThoseWhoWaitAndThoseWhoNotify() throws Exception {
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    long[] sum = new long[1];
    Thread taker =
        kind.start(
            () -> {
              for (int i = 0; i < THREADS * ROUNDS; i++) {
                synchronized (queue) {
                  while (queue.isEmpty()) {
                    queue.wait();
                  }
                  sum[0] += queue.remove();
                }
              }
            });
    all(
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            synchronized (queue) {
              queue.add(1);
              queue.notifyAll();
            }
          }
        });
    taker.join();
    assertThat(sum[0]).isEqualTo((long) THREADS * ROUNDS);
  }

  @Test
  void aTurnIsPassedByConditions() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    Condition changed = lock.newCondition();
    int[] turn = new int[1];
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int mine = i;
      threads.add(
          kind.start(
              () -> {
                lock.lock();
                try {
                  while (turn[0] != mine) {
                    changed.await();
                  }
                  turn[0]++;
                  changed.signalAll();
                } finally {
                  lock.unlock();
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(turn[0]).isEqualTo(THREADS);
  }

  @Test
  void permitsAreNeverExceeded() throws Exception {
    Semaphore permits = new Semaphore(3);
    Semaphore witness = new Semaphore(3);
    boolean[] exceeded = new boolean[1];
    all(
        () -> {
          permits.acquire();
          exceeded[0] |= !witness.tryAcquire();
          Thread.sleep(1);
          witness.release();
          permits.release();
        });
    assertThat(exceeded[0]).isFalse();
  }

  @Test
  void twoPassABallByParking() throws Exception {
    int rounds = 10_000;
    Semaphore ping = new Semaphore(0);
    Semaphore pong = new Semaphore(0);
    Thread other =
        kind.start(
            () -> {
              for (int i = 0; i < rounds; i++) {
                ping.acquire();
                pong.release();
              }
            });
    int returned =
        kind.<Integer>call(
            () -> {
              int n = 0;
              for (; n < rounds; n++) {
                ping.release();
                pong.acquire();
              }
              return n;
            });
    other.join();
    assertThat(returned).isEqualTo(rounds);
  }
}
