package io.syslet.kernel;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many calls of one task may be pending, in a kernel: so those that hang for ever, in a mount
 * that does not answer, cost no other task its workers. Any thread.
 */
public final class PendingLimit {
  private volatile int most = Integer.MAX_VALUE;

  PendingLimit() {}

  /** Sets it, 1 or more: the old one. */
  synchronized int set(int limit) {
    int old = most;
    most = limit;
    return old;
  }

  /** Whether so many are too many for another one. */
  boolean isReached(AtomicInteger pending) {
    return pending.get() >= most;
  }
}
