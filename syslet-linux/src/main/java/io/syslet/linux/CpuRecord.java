package io.syslet.linux;

import io.syslet.ring.Memory;

/**
 * The off-heap record of one processor of a scheduler, shared with the sentinels ({@code struct
 * cpu} of the stub).
 *
 * <pre>
 *     0  u64 active      record of the carrier that holds it, perhaps with LENT, or 0
 *    64  u32 arriving    1 while a spare has been told to come
 *   128  s64 waiting     how many continuations are queued here
 *   192  u64 no_spare    calls that slept while there was no spare
 *   200  u64 claims      calls handed over by a sentinel
 *   208  u64 false_alarms  spares taken for nothing
 *   216  u64 retakes     how often a carrier that slept outside of a call lost it
 *   224  u64 starved     a spare was wanted, and there was none
 *   232  u64 starved_seq the call that no_spare counted last
 * </pre>
 *
 * Each word that is written by many has a cache line of its own. The accessors take the record's
 * address.
 */
final class CpuRecord {
  static final int LENGTH = 256;

  /** Bit of active: free, and its last holder, which has not ended its turn, may have it back. */
  static final long LENT = 1;

  private static final int ACTIVE = 0;
  private static final int ARRIVING = 64;
  private static final int WAITING = 128;
  private static final int NO_SPARE = 192;
  private static final int RETAKES = 216;
  private static final int STARVED = 224;
  private static final int STARVED_SEQ = 232;

  private CpuRecord() {}

  static long active(long cpu) {
    return Memory.getLongAcquire(cpu + ACTIVE);
  }

  /** Whether an active word says that nobody holds the processor. */
  static boolean isFree(long active) {
    return active == 0 || (active & LENT) != 0;
  }

  /** Passes the processor on: whether the word was as expected. A full fence. */
  static boolean passActive(long cpu, long from, long to) {
    return Memory.compareAndSetLong(cpu + ACTIVE, from, to);
  }

  /** Makes the caller the one who tells a spare to come, unless one is on its way. */
  static boolean expect(long cpu) {
    return Memory.getIntAcquire(cpu + ARRIVING) == 0
        && Memory.compareAndSetInt(cpu + ARRIVING, 0, 1);
  }

  static boolean isExpecting(long cpu) {
    return Memory.getIntAcquire(cpu + ARRIVING) != 0;
  }

  /** The spare has come, or there was none. A full fence. */
  static void arrived(long cpu) {
    Memory.putIntVolatile(cpu + ARRIVING, 0);
  }

  static long waiting(long cpu) {
    return Memory.getLongAcquire(cpu + WAITING);
  }

  /** The number before. A full fence. */
  static long addWaiting(long cpu, int delta) {
    return Memory.getAndAddLong(cpu + WAITING, delta);
  }

  static long noSpare(long cpu) {
    return Memory.getLongAcquire(cpu + NO_SPARE);
  }

  /** Counts a call that sleeps without a spare, once. */
  static void countNoSpare(long cpu, long seq) {
    if (Memory.getLongAcquire(cpu + STARVED_SEQ) != seq) {
      Memory.putLongRelease(cpu + STARVED_SEQ, seq);
      Memory.getAndAddLong(cpu + NO_SPARE, 1);
    }
  }

  static long retakes(long cpu) {
    return Memory.getLongAcquire(cpu + RETAKES);
  }

  static void countRetake(long cpu) {
    Memory.getAndAddLong(cpu + RETAKES, 1);
  }

  static long starved(long cpu) {
    return Memory.getLongAcquire(cpu + STARVED);
  }

  static void countStarved(long cpu) {
    Memory.getAndAddLong(cpu + STARVED, 1);
  }
}
