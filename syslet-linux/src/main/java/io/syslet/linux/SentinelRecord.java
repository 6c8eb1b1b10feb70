package io.syslet.linux;

import io.syslet.ring.Memory;

/**
 * The off-heap record of one sentinel ({@code struct sentinel} of the stub).
 *
 * <pre>
 *     0  u32 parked      futex; 1 while it sleeps, 2 while it is away, 3 once it may come back
 *     4  u32 number      of its CPU
 *     8  u64 scheduler   record of its scheduler
 *    24  u64 hazard      record that it looks at, whose thread must not leave
 *    32  u64 last        when it was last seen to run, ticks
 *    40  u64 pushed      when it last came back from having been pushed aside for long
 *    48  u64 starved     1 once that was so long that others may keep the CPU busy
 *    56  u64 back_at     when one that is away may come back, ns
 *    64  char stat[256]  for it to read into
 * </pre>
 */
final class SentinelRecord {
  static final int LENGTH = 320;

  private static final int PARKED = 0;
  private static final int NUMBER = 4;
  private static final int SCHEDULER = 8;
  private static final int HAZARD = 24;
  private static final int BACK_AT = 56;
  private static final int IS_THERE = 0;
  private static final int IS_PARKED = 1;
  private static final int IS_AWAY = 2;
  private static final int MAY_COME_BACK = 3;

  private SentinelRecord() {}

  static void init(long record, int number, long scheduler) {
    Memory.putInt(record + NUMBER, number);
    Memory.putLong(record + SCHEDULER, scheduler);
  }

  /** Whether the sentinel looks at a carrier's record now. A full fence. */
  static boolean looksAt(long record, long carrier) {
    return Memory.getAndAddLong(record + HAZARD, 0) == carrier;
  }

  /** Whether the sentinel sleeps, or is away. */
  static boolean isUnaware(long record) {
    return Memory.getIntAcquire(record + PARKED) != IS_THERE;
  }

  /** The sentinel has left, and touches its record no more, until a time. By itself. */
  static void setAway(long record, long backAt) {
    Memory.putLong(record + BACK_AT, backAt);
    Memory.putIntVolatile(record + PARKED, IS_AWAY);
  }

  /** Lets one that is away come back if its time has come. By the sysmon. */
  static void recall(long record) {
    if (Memory.getIntAcquire(record + PARKED) == IS_AWAY
        && System.nanoTime() - Memory.getLong(record + BACK_AT) >= 0) {
      miss(record);
    }
  }

  /** One that is away is missed: it may come back at once. Any thread. */
  static void miss(long record) {
    boolean _ = Memory.compareAndSetInt(record + PARKED, IS_AWAY, MAY_COME_BACK);
  }

  /** Whether one is away and may come back. Any thread. */
  static boolean mayComeBack(long record) {
    return Memory.getIntAcquire(record + PARKED) == MAY_COME_BACK;
  }

  /** The sentinel is about to come. */
  static void setThere(long record) {
    Memory.putIntVolatile(record + PARKED, IS_THERE);
  }

  /** Wakes the sentinel, which sleeps while no carrier that runs has last run on its CPU. */
  static void unpark(long record) {
    if (Memory.getIntAcquire(record + PARKED) == IS_PARKED
        && Memory.compareAndSetInt(record + PARKED, IS_PARKED, IS_THERE)) {
      Native.wake(record + PARKED);
    }
  }
}
