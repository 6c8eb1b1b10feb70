package io.syslet.linux;

/**
 * Looks at the carriers that lost their processor because they slept: tells the listener of those
 * that sleep for long, and notes when each was seen awake, every five milliseconds; a look costs
 * some microseconds each. For the sysmon's thread.
 */
final class BlockedWatch {
  private static final long PERIOD_NANOS = 5_000_000;

  private final Carriers carriers;
  private final SchedulerListener listener;
  private final ThreadState state;
  private long next = System.nanoTime();

  BlockedWatch(Carriers carriers, SchedulerListener listener, ThreadState state) {
    this.carriers = carriers;
    this.listener = listener;
    this.state = state;
  }

  /** Looks at all, unless it has lately. */
  void lookNowAndThen() {
    if (System.nanoTime() - next >= 0) {
      boolean _ = look();
    }
  }

  /** Looks at all: whether one still sleeps. */
  boolean look() {
    next = System.nanoTime() + PERIOD_NANOS;
    boolean any = false;
    for (int i = 0; i < carriers.capacity(); i++) {
      Carrier carrier = carriers.at(i);
      any |= carrier != null && look(carrier);
    }
    return any;
  }

  /** Who has nothing mounted rests: the note may have come behind the end of its turn. */
  private boolean look(Carrier carrier) {
    Runnable mounted = carrier.mounted();
    long lostAt = CarrierRecord.lostAt(carrier.record);
    if (mounted == null || lostAt == 0 || CarrierRecord.backAt(carrier.record) - lostAt > 0) {
      return false;
    }
    long now = System.nanoTime();
    if (!state.isAsleep(carrier.record)) {
      CarrierRecord.setBackAt(carrier.record, now);
      return false;
    }
    if (now - lostAt >= listener.thresholdNanos() && carrier.tell(lostAt)) {
      listener.blocked(carrier, mounted, now - lostAt);
    }
    return true;
  }
}
