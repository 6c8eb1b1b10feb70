package io.syslet.linux;

import io.syslet.ring.Memory;

/**
 * The off-heap record of one processor, shared with its sentinel ({@code struct cpu} of the stub).
 *
 * <pre>
 *     0  u64 active      record of the carrier that runs tasks here, or 0
 *    64  u32 parked      1 while the sentinel sleeps (futex)
 *   128  u64 standby     record of the worker that takes over next, or 0
 *   192  u32 quit        1 tells the sentinel to leave
 *   256  u64 no_spare    calls that slept while no standby was there
 *   264  u64 claims      calls handed over by the sentinel
 *   272  u64 false_alarms  standbys woken for nothing
 *   280  u32 traced      1 while a tracer stops our threads
 *   320  char stat[256]  for the sentinel to read into
 * </pre>
 *
 * Each word that is written by many has a cache line of its own. The accessors take the record's
 * address.
 */
final class CpuRecord {
  static final int LENGTH = 640;

  private static final int ACTIVE = 0;
  private static final int PARKED = 64;
  private static final int STANDBY = 128;
  private static final int QUIT = 192;
  private static final int NO_SPARE = 256;
  private static final int TRACED = 280;

  private CpuRecord() {}

  static long active(long cpu) {
    return Memory.getLongAcquire(cpu + ACTIVE);
  }

  /** Takes the processor for a carrier, if nobody has it. A full fence. */
  static boolean activate(long cpu, long record) {
    return Memory.compareAndSetLong(cpu + ACTIVE, 0, record);
  }

  /** Passes the processor from one carrier to another, or with 0 to nobody: whether it had it. */
  static boolean passActive(long cpu, long from, long to) {
    return Memory.compareAndSetLong(cpu + ACTIVE, from, to);
  }

  static boolean isParked(long cpu) {
    return Memory.getIntAcquire(cpu + PARKED) != 0;
  }

  /** Wakes the sentinel, which sleeps while no carrier is active. */
  static void unpark(long cpu) {
    Memory.putIntVolatile(cpu + PARKED, 0);
    Futex.wake(cpu + PARKED);
  }

  static long standby(long cpu) {
    return Memory.getLongAcquire(cpu + STANDBY);
  }

  static boolean offerStandby(long cpu, long record) {
    return Memory.compareAndSetLong(cpu + STANDBY, 0, record);
  }

  static boolean withdrawStandby(long cpu, long record) {
    return Memory.compareAndSetLong(cpu + STANDBY, record, 0);
  }

  static long takeStandby(long cpu) {
    return Memory.getAndSetLong(cpu + STANDBY, 0);
  }

  static void quit(long cpu) {
    Memory.putIntVolatile(cpu + QUIT, 1);
    unpark(cpu);
  }

  static void setTraced(long cpu, boolean traced) {
    Memory.putIntRelease(cpu + TRACED, traced ? 1 : 0);
  }

  static long noSpare(long cpu) {
    return Memory.getLongAcquire(cpu + NO_SPARE);
  }
}
