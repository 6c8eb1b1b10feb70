package io.syslet.bench.threadlets;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** A thread that sleeps a millisecond at a time, and writes down how late it starts and wakes. */
final class Ticker {
  private static final long TICK = 1_000_000;

  private final Histogram late = new Histogram(TimeUnit.MINUTES.toNanos(10), 3);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final long asked = System.nanoTime();
  private volatile boolean stop;

  private Ticker() {}

  /** Starts one. */
  static Ticker start(ExecutorService threads) {
    Ticker ticker = new Ticker();
    threads.execute(ticker::tick);
    return ticker;
  }

  private void tick() {
    late.recordValue(System.nanoTime() - asked);
    try {
      while (!stop) {
        long start = System.nanoTime();
        Thread.sleep(1);
        late.recordValue(Math.max(System.nanoTime() - start - TICK, 0));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      ended.countDown();
    }
  }

  /** Ends it: how late it was, nanoseconds. */
  Histogram stop() throws InterruptedException {
    stop = true;
    ended.await();
    return late;
  }

  /** A line for {@link Stalls}. */
  static String line(double rate, Histogram late) {
    return rate
        + " "
        + late.getValueAtPercentile(50)
        + " "
        + late.getValueAtPercentile(99)
        + " "
        + late.getMaxValue();
  }
}
