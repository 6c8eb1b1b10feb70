package io.syslet.linux;

import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

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
  private final List<Sentinel> all = new ArrayList<>();

  Sentinels(String name, boolean wanted, long scheduler, Arena arena) {
    this.name = name;
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
   * @return whether there is none yet, and one should be {@linkplain #make made}.
   */
  boolean watch(int number) {
    if (!areThere() || number < 0 || number >= MOST) {
      return false;
    }
    long sentinel = Memory.getLongAcquire(table + 8L * number);
    if (sentinel != 0 && SentinelRecord.isParked(sentinel)) {
      SentinelRecord.unpark(sentinel);
    }
    return sentinel == 0;
  }

  /** Makes the sentinel of a CPU, if there is none. */
  synchronized void make(int number) {
    if (Memory.getLong(table + 8L * number) != 0) {
      return;
    }
    long record = arena.allocate(SentinelRecord.LENGTH, 64).address();
    SentinelRecord.init(record, number, scheduler);
    Runnable refused = () -> SchedulerRecord.setSentinels(scheduler, false);
    Sentinel sentinel = new Sentinel(name, number, record, refused);
    all.add(sentinel);
    sentinel.start();
    Memory.putLongVolatile(table + 8L * number, record);
  }

  /** Whether one looks at a carrier's record now. */
  synchronized boolean looksAt(long carrier) {
    return all.stream().anyMatch(s -> s.isAlive() && SentinelRecord.looksAt(s.record, carrier));
  }

  /** Tells all to leave: whether they have left. */
  synchronized boolean quit() {
    SchedulerRecord.quit(scheduler);
    boolean left = true;
    for (Sentinel sentinel : all) {
      SentinelRecord.unpark(sentinel.record);
      left &= Scheduler.join(sentinel);
    }
    return left;
  }
}
