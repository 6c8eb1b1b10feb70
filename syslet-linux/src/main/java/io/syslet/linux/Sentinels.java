package io.syslet.linux;

import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;

/**
 * The sentinels of a scheduler: one for each CPU that a carrier has run on, made when the first one
 * does, however the CPUs that we may use change. A sentinel whose CPU was taken from us is moved by
 * the kernel, and stays parked, since nobody of ours runs there.
 */
final class Sentinels {
  /** CPUs with a higher number have no sentinel. */
  static final int MOST = 4096;

  private final String name;
  private final long scheduler;
  private final Arena arena;
  private final long table;
  private final boolean crowded;
  private final IdleTime idle;
  private final Map<Integer, Sentinel> all = new HashMap<>();
  private volatile long[] records = {};

  /**
   * Makes none yet.
   *
   * @param wanted whether there are to be any.
   * @param crowded whether the CPUs are busy, so that they would be of no use at first.
   */
  Sentinels(String name, boolean wanted, boolean crowded, long scheduler, Arena arena) {
    this.name = name;
    this.crowded = crowded;
    this.idle = new IdleTime(arena);
    this.scheduler = scheduler;
    this.arena = arena;
    SchedulerRecord.setSentinels(scheduler, wanted);
    this.table = arena.allocate(8L * MOST, 64).address();
  }

  /** Address of the table of their records, by number of the CPU. */
  long table() {
    return table;
  }

  /** Whether blocking is seen by sentinels here. */
  boolean areThere() {
    return SchedulerRecord.hasSentinels(scheduler);
  }

  /**
   * A carrier is about to run on the CPU with a number: its sentinel has to be awake. By the
   * carrier itself.
   *
   * @return whether there is none, and one should be {@linkplain #make made}.
   */
  boolean watch(int number) {
    if (!mayHave(number)) {
      return false;
    }
    long sentinel = record(number);
    if (sentinel == 0 || !SentinelRecord.isUnaware(sentinel)) {
      return sentinel == 0;
    }
    SentinelRecord.unpark(sentinel);
    return SentinelRecord.mayComeBack(sentinel);
  }

  /** Somebody was asleep on a CPU, and no sentinel saw it: one that is away comes back. */
  void miss(int number) {
    long sentinel = mayHave(number) ? record(number) : 0;
    if (sentinel != 0) {
      SentinelRecord.miss(sentinel);
    }
  }

  /** Lets those come back whose time has come. By the sysmon, while something runs. */
  void recall() {
    for (long record : records) {
      SentinelRecord.recall(record);
    }
  }

  private boolean mayHave(int number) {
    return areThere() && number >= 0 && number < MOST;
  }

  /** Address of a sentinel's record, or 0. */
  private long record(int number) {
    return Memory.getLongAcquire(table + 8L * number);
  }

  /**
   * Makes the sentinel of a CPU, or has it come back, if there is none. Where that fails there are
   * none from now on, as where they are refused.
   */
  void make(int number) {
    try {
      makeOne(number);
    } catch (LinkageError | OutOfMemoryError e) {
      SchedulerRecord.setSentinels(scheduler, false);
      Uncaught.report(e);
    }
  }

  private synchronized void makeOne(int number) {
    Sentinel there = all.get(number);
    if (there == null) {
      Sentinel made = newSentinel(number);
      all.put(number, made);
      Memory.putLongVolatile(table + 8L * number, made.record);
      records = all.values().stream().mapToLong(sentinel -> sentinel.record).toArray();
    } else if (SentinelRecord.mayComeBack(there.record)) {
      there.comeBack(idle.ticks(number));
    }
  }

  private Sentinel newSentinel(int number) {
    long record = arena.allocate(SentinelRecord.LENGTH, 64).address();
    SentinelRecord.init(record, number, scheduler);
    Runnable refused = () -> SchedulerRecord.setSentinels(scheduler, false);
    Sentinel sentinel = new Sentinel(name, number, record, refused);
    if (crowded) {
      sentinel.comeLater();
    } else {
      sentinel.come();
    }
    return sentinel;
  }

  /** Whether one looks at a carrier's record now. */
  synchronized boolean looksAt(long carrier) {
    for (long record : records) {
      if (SentinelRecord.looksAt(record, carrier)) {
        return true;
      }
    }
    return false;
  }

  /** Tells all to leave. */
  synchronized void tellToQuit() {
    SchedulerRecord.quit(scheduler);
    all.values().forEach(sentinel -> SentinelRecord.unpark(sentinel.record));
  }

  /** Tells all to leave: whether they have left. */
  synchronized boolean quit() {
    tellToQuit();
    boolean left = true;
    for (Sentinel sentinel : all.values()) {
      left &= sentinel.join();
    }
    return left;
  }
}
