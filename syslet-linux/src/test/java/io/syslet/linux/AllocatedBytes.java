package io.syslet.linux;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What all threads together allocate. */
final class AllocatedBytes {
  /** The smallest object, bytes: who makes one for each call allocates as much at least. */
  static final int OBJECT = 8;

  private AllocatedBytes() {}

  /**
   * Bytes for each of a round's calls: the least of five rounds, since a collection, or a compiler
   * that is late, costs a round or two.
   */
  static double leastPerCall(int calls, Runnable round) {
    double least = Double.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long before = total();
      round.run();
      least = Math.min(least, (total() - before) / (double) calls);
    }
    return least;
  }

  private static long total() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
  }
}
