package io.syslet.bench.wake;

import org.HdrHistogram.Histogram;

/**
 * One thread that sleeps on a bell again and again, and one that rings it when the other is surely
 * asleep.
 *
 * <pre>
 *   sleeper                          waker (spins all the time)
 *   going = i
 *   sleeps                           sees going = i, spins for a while
 *                                    rung = now, rings
 *   wakes: now − rung
 *   going = i + 1                    sees it
 * </pre>
 */
final class Sleeper {
  private static final long ASLEEP_NANOS = 60_000;
  private static final long GONE_NANOS = 10_000_000_000L;

  private final Bell bell;
  private final int times;
  private final Histogram found = new Histogram(3);
  private volatile int going;
  private volatile long rung;

  Sleeper(Bell bell, int times) {
    this.bell = bell;
    this.times = times;
  }

  /** Measures, with the waker on this thread and the sleeper on one of this kind. Nanoseconds. */
  Histogram measure(Thread.Builder kind) throws InterruptedException {
    Thread sleeper = kind.start(this::sleep);
    for (int i = 1; i <= times; i++) {
      awaitGoing(i);
      spin(ASLEEP_NANOS);
      rung = System.nanoTime();
      bell.ring();
    }
    sleeper.join();
    return found;
  }

  private void sleep() {
    for (int i = 1; i <= times; i++) {
      going = i;
      bell.sleepUntil(i);
      found.recordValue(System.nanoTime() - rung);
    }
  }

  private void awaitGoing(int i) {
    long deadline = System.nanoTime() + GONE_NANOS;
    while (going < i) {
      Thread.onSpinWait();
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("the sleeper did not wake: a lost wake-up");
      }
    }
  }

  private static void spin(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
  }
}
