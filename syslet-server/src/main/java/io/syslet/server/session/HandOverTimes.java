package io.syslet.server.session;

/**
 * How long calls that blocked kept their poller: from the host call to −ESYSLETPENDING. A bucket
 * for each power of two, nanoseconds.
 */
final class HandOverTimes {
  private static final int BUCKETS = 40;

  private final Count[] buckets = new Count[BUCKETS];
  private final Count sum = new Count();

  HandOverTimes() {
    for (int i = 0; i < BUCKETS; i++) {
      buckets[i] = new Count();
    }
  }

  /** Bucket {@code i} counts from 2^(i−1) to 2^i − 1. */
  void add(long nanos) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(nanos, 0));
    buckets[Math.min(bits, BUCKETS - 1)].add(1);
    sum.add(nanos);
  }

  /** Adds what others count. */
  void add(HandOverTimes others) {
    for (int i = 0; i < BUCKETS; i++) {
      buckets[i].add(others.buckets[i].get());
    }
    sum.add(others.sum());
  }

  /** How many times fell into each bucket. Any thread. */
  long[] counts() {
    long[] counts = new long[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      counts[i] = buckets[i].get();
    }
    return counts;
  }

  /** The sum of all times. Any thread. */
  long sum() {
    return sum.get();
  }
}
