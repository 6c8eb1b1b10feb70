package io.syslet.linux;

import io.syslet.ring.Memory;

/**
 * The off-heap record of a scheduler, shared with its sentinels ({@code struct scheduler} of the
 * stub).
 *
 * <pre>
 *     0  u64 spares       the stack of spares: 24 bits of tag, 40 of address / 128
 *    64  s64 spare_count
 *   128  u32 quit         1 tells the sentinels to leave
 *   132  u32 cpus         number of processors
 *   136  u64 cpu          address of their records
 *   144  u64 sentinel     address of a table of the sentinels' records, by number of the CPU
 *   152  u64 sentinels    length of that table
 * </pre>
 *
 * <p>The stack is Treiber's. Anybody takes, anybody puts, also native code; what is on it stands
 * by. A record is never freed while its scheduler lives, so reading the link of one that was taken
 * meanwhile is harmless, and the tag, which each change raises, makes the CAS behind it fail.
 */
final class SchedulerRecord {
  static final int LENGTH = 256;

  private static final int SPARES = 0;
  private static final int SPARE_COUNT = 64;
  private static final int QUIT = 128;
  private static final int CPUS = 132;
  private static final int CPU = 136;
  private static final int SENTINEL = 144;
  private static final int SENTINELS = 152;

  private static final long ADDRESS = (1L << 40) - 1;
  private static final long TAG = 1L << 40;
  private static final int SHIFT = 7;

  private SchedulerRecord() {}

  static void init(long record, int cpus, long cpu, int sentinels, long sentinel) {
    Memory.putInt(record + CPUS, cpus);
    Memory.putLong(record + CPU, cpu);
    Memory.putLong(record + SENTINELS, sentinels);
    Memory.putLong(record + SENTINEL, sentinel);
  }

  static void quit(long record) {
    Memory.putIntVolatile(record + QUIT, 1);
  }

  /** How many spares stand by; a moment ago. */
  static long spares(long record) {
    return Memory.getLongAcquire(record + SPARE_COUNT);
  }

  static boolean hasSpare(long record) {
    return (Memory.getLongAcquire(record + SPARES) & ADDRESS) != 0;
  }

  /** Puts a spare on the stack. A full fence. */
  static void push(long record, long spare) {
    Memory.getAndAddLong(record + SPARE_COUNT, 1);
    long head;
    do {
      head = Memory.getLongAcquire(record + SPARES);
      CarrierRecord.setNext(spare, head & ADDRESS);
    } while (!Memory.compareAndSetLong(record + SPARES, head, changed(head) | spare >>> SHIFT));
  }

  /** Takes the spare that stood by last, or 0. */
  static long pop(long record) {
    for (; ; ) {
      long head = Memory.getLongAcquire(record + SPARES);
      long spare = (head & ADDRESS) << SHIFT;
      if (spare == 0) {
        return 0;
      }
      long below = changed(head) | CarrierRecord.next(spare);
      if (Memory.compareAndSetLong(record + SPARES, head, below)) {
        Memory.getAndAddLong(record + SPARE_COUNT, -1);
        return spare;
      }
    }
  }

  private static long changed(long head) {
    return (head & ~ADDRESS) + TAG;
  }
}
