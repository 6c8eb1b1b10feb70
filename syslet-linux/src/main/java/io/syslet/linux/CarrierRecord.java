package io.syslet.linux;

import io.syslet.kernel.CallRecord;
import io.syslet.ring.Memory;

/**
 * The off-heap record of one carrier, shared with native code ({@code struct record} of the stub):
 * a {@link CallRecord}, and behind it what the scheduler needs.
 *
 * <pre>
 *   384  u64 cpu       record of the processor that it is told to look at; 0 tells it to leave
 *   392  u64 next      the spare below it on the stack, address / 128
 *   400  u64 ran_on    address of the u32 in which the kernel keeps the CPU that it last ran on
 *   408  u64 lost_at   when it lost its processor because it slept, ns, or 0; whoever took that
 *                      writes it a moment later, perhaps after the turn
 *   416  u32 turn      changes when it begins and when it ends to run something
 *   420  s32 stat_fd   its stat file in /proc, or -1 if that is opened when it is needed
 *   424  u64 back_at   when it was seen awake after that, ns
 *   432  u64 java_thread  address of what the VM knows of its thread, or 0
 *   440  u64 doubted   the call that a sentinel has looked at and that did not sleep
 *   448  rseq area of its own, 32 bytes, where the C library has none
 *   480  u64 inline    calls completed inline, of all carriers that had this record
 *   488  u32 used      1 while it is a carrier's
 *   512  what it needs to look at others: see ThreadState
 * </pre>
 */
final class CarrierRecord {
  static final int LENGTH = 768;
  static final int ALIGNMENT = 128;

  private static final int CPU = 384;
  private static final int NEXT = 392;
  private static final int RAN_ON = 400;
  private static final int LOST_AT = 408;
  private static final int TURN = 416;
  private static final int STAT_FD = 420;
  private static final int BACK_AT = 424;
  private static final int JAVA_THREAD = 432;
  private static final int RSEQ = 448;
  private static final int INLINE = 480;
  private static final int USED = 488;
  private static final int STAT = 512;

  private CarrierRecord() {}

  static long cpu(long record) {
    return Memory.getLong(record + CPU);
  }

  static long next(long record) {
    return Memory.getLongAcquire(record + NEXT);
  }

  static void setNext(long record, long next) {
    Memory.putLong(record + NEXT, next);
  }

  /** Tells a spare, which the caller has taken, to look at a processor, or with 0 to leave. */
  static void letGo(long record, long cpu, long from) {
    Memory.putLong(record + CPU, cpu);
    Memory.putLong(record + CallRecord.FROM, from);
    Memory.putIntVolatile(record + CallRecord.GO, 1);
    Native.wake(record + CallRecord.GO);
  }

  /** The number of the CPU that it runs on, if it asks itself, or last ran on. */
  static int ranOn(long record) {
    return Memory.getIntAcquire(Memory.getLong(record + RAN_ON));
  }

  static void setRanOn(long record, long address) {
    Memory.putLong(record + RAN_ON, address);
  }

  static long rseqArea(long record) {
    return record + RSEQ;
  }

  static long statBuffer(long record) {
    return record + STAT;
  }

  static long inline(long record) {
    return Memory.getLongAcquire(record + INLINE);
  }

  /** By the carrier itself. */
  static void addInline(long record, long calls) {
    Memory.putLongRelease(record + INLINE, Memory.getLong(record + INLINE) + calls);
  }

  /** Whether it runs something or sleeps under it; not in a call that was handed over. */
  static boolean isMounted(long record) {
    return (turn(record) & 1) != 0 && !CallRecord.isPending(record);
  }

  /** Whether it sleeps, or did when looked at last, and has lost its processor for that. */
  static boolean isLost(long record) {
    long lostAt = lostAt(record);
    return lostAt != 0 && backAt(record) - lostAt <= 0;
  }

  static boolean isUsed(long record) {
    return Memory.getIntAcquire(record + USED) != 0;
  }

  static void setUsed(long record, boolean used) {
    Memory.putIntRelease(record + USED, used ? 1 : 0);
  }

  static long lostAt(long record) {
    return Memory.getLongAcquire(record + LOST_AT);
  }

  static void setLostAt(long record, long nanos) {
    Memory.putLongRelease(record + LOST_AT, nanos);
  }

  static long backAt(long record) {
    return Memory.getLongAcquire(record + BACK_AT);
  }

  static void setBackAt(long record, long nanos) {
    Memory.putLongRelease(record + BACK_AT, nanos);
  }

  static long javaThread(long record) {
    return Memory.getLongAcquire(record + JAVA_THREAD);
  }

  /** With 0, nobody may look at it any more. A full fence. */
  static void setJavaThread(long record, long address) {
    Memory.putLongVolatile(record + JAVA_THREAD, address);
  }

  static int turn(long record) {
    return Memory.getIntAcquire(record + TURN);
  }

  /** By the carrier itself. */
  static void nextTurn(long record) {
    Memory.putIntRelease(record + TURN, Memory.getInt(record + TURN) + 1);
  }

  static int statFile(long record) {
    return Memory.getInt(record + STAT_FD);
  }

  static void setStatFile(long record, int descriptor) {
    Memory.putInt(record + STAT_FD, descriptor);
  }
}
