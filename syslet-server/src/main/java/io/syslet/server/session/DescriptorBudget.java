package io.syslet.server.session;

import java.util.concurrent.atomic.AtomicInteger;

/** How many descriptors all sessions together may still open. Any thread. */
final class DescriptorBudget {
  private final AtomicInteger left;

  DescriptorBudget(int limit) {
    left = new AtomicInteger(limit);
  }

  /** Takes {@code n}: whether there were so many. */
  boolean take(int n) {
    if (left.addAndGet(-n) >= 0) {
      return true;
    }
    left.addAndGet(n);
    return false;
  }

  void give(int n) {
    left.addAndGet(n);
  }
}
