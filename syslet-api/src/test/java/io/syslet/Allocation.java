package io.syslet;

import java.lang.management.ManagementFactory;

/** Counts what a piece of code allocates. */
public final class Allocation {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int RUNS = 10_000;
  private static final int ROUNDS = 5;

  private Allocation() {}

  /**
   * Bytes that this thread allocates in 10,000 runs: the least of a few rounds, since the first
   * ones load classes and link.
   */
  public static long of(Runnable code) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      least = Math.min(least, round(code) - round(() -> {}));
    }
    return least;
  }

  private static long round(Runnable code) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < RUNS; i++) {
      code.run();
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
