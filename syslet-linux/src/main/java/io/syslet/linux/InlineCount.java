package io.syslet.linux;

import io.syslet.kernel.Counter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Calls that a task has made on its own stack. For the task's own thread. */
final class InlineCount {
  /** So many may not have been told yet to those who look at the counters. */
  static final int TELL_AFTER = 64;

  private static final VarHandle CALLS =
      Handles.field(MethodHandles.lookup(), InlineCount.class, "calls", long.class);

  private final Counter counter;

  @SuppressWarnings("unused")
  private long calls;

  private long told;

  /** Tells a counter now and then. */
  InlineCount(Counter counter) {
    this.counter = counter;
  }

  void add(int more) {
    long now = calls + more;
    CALLS.setOpaque(this, now);
    if (now - told >= TELL_AFTER) {
      counter.add(now - told);
      told = now;
    }
  }

  /** So far. Any thread may read. */
  long sum() {
    return (long) CALLS.getOpaque(this);
  }

  /** The task has ended: takes from the counter what it was told. */
  void end() {
    counter.add(-told);
  }
}
