package io.syslet.linux;

/**
 * How many workers a scheduler may have: one for each processor, and as many more as may be blocked
 * at once; or, for a kernel, so many in all, whatever the processors. Any thread.
 */
final class WorkerLimit {
  private final long record;
  private int processors;
  private int blocked;
  private boolean isOfAll;

  /** Some for the processors, some that may be blocked. */
  WorkerLimit(long record, int processors, int blocked) {
    this.record = record;
    this.processors = processors;
    this.blocked = blocked;
    SchedulerRecord.setLimit(record, sum(processors, blocked));
  }

  /** The sum, as far as there are numbers. */
  static int sum(int processors, int blocked) {
    return (int) Math.min((long) processors + blocked, Integer.MAX_VALUE);
  }

  /** How many there may be in all. */
  int all() {
    return SchedulerRecord.limit(record);
  }

  /** Sets how many there may be in all: the old limit. */
  synchronized int all(int limit) {
    int old = all();
    isOfAll = true;
    blocked = Math.max(limit - processors, 0);
    SchedulerRecord.setLimit(record, limit);
    return old;
  }

  /** Tells how many processors there are now. */
  synchronized void processors(int count) {
    processors = count;
    if (!isOfAll) {
      SchedulerRecord.setLimit(record, sum(count, blocked));
    }
  }

  /** How many may be blocked at once. */
  synchronized int blocked() {
    return blocked;
  }

  /** Sets how many may be blocked at once: the old limit. */
  synchronized int blocked(int limit) {
    int old = blocked;
    blocked = limit;
    SchedulerRecord.setLimit(record, sum(processors, limit));
    return old;
  }
}
