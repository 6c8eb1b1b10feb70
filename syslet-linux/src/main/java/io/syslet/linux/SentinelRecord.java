package io.syslet.linux;

import io.syslet.ring.Memory;

/**
 * The off-heap record of one sentinel ({@code struct sentinel} of the stub).
 *
 * <pre>
 *     0  u32 parked      futex; 1 while it sleeps
 *     4  u32 number      of its CPU
 *     8  u64 scheduler   record of its scheduler
 *    24  u64 hazard      record that it looks at, whose thread must not leave
 *    32  u64 last        when it was last seen to run, ticks
 *    40  u64 pushed      when it last came back from having been pushed aside for long
 *    64  char stat[256]  for it to read into
 * </pre>
 */
final class SentinelRecord {
  static final int LENGTH = 320;

  private static final int PARKED = 0;
  private static final int NUMBER = 4;
  private static final int SCHEDULER = 8;
  private static final int HAZARD = 24;

  private SentinelRecord() {}

  static void init(long record, int number, long scheduler) {
    Memory.putInt(record + NUMBER, number);
    Memory.putLong(record + SCHEDULER, scheduler);
  }

  /** Whether the sentinel looks at a carrier's record now. A full fence. */
  static boolean looksAt(long record, long carrier) {
    return Memory.getAndAddLong(record + HAZARD, 0) == carrier;
  }

  static boolean isParked(long record) {
    return Memory.getIntAcquire(record + PARKED) != 0;
  }

  /** Wakes the sentinel, which sleeps while no carrier that runs has last run on its CPU. */
  static void unpark(long record) {
    Memory.putIntVolatile(record + PARKED, 0);
    Native.wake(record + PARKED);
  }
}
