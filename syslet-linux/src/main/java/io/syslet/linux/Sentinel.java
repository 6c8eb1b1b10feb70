package io.syslet.linux;

import org.jspecify.annotations.Nullable;

/**
 * The detector of one CPU: a SCHED_IDLE thread bound to it, which the kernel's scheduler runs
 * exactly when nothing else wants to run there, above all when a carrier sleeps. It spends its life
 * in native code ({@code stub.c}), so it never holds up a safepoint.
 *
 * <p>It leaves if other threads keep the CPU busy: there it would see nothing, and would hold up
 * the end of the process, for which each thread needs a turn. It comes back after a pause, which is
 * doubled each time, up to {@value #LONGEST_NANOS} ns, unless it stayed for longer than that; and
 * only if the CPU was idle for a tenth of the pause.
 */
final class Sentinel implements Runnable {
  private static final int STACK = 64 << 10;
  private static final long LATER_NANOS = 400_000_000;
  private static final int A_TENTH = 10;
  private static final long SHORTEST_NANOS = 20_000_000;
  private static final long LONGEST_NANOS = 1_000_000_000;

  final long record;
  private final String name;
  private final int number;
  private final Runnable refused;
  private @Nullable Thread thread;
  private long came = System.nanoTime();
  private long pause = SHORTEST_NANOS;
  private long lookedAt;
  private long idle;

  /**
   * Makes one that is not there yet.
   *
   * @param refused is run if the thread may not be bound or have that priority.
   */
  Sentinel(String name, int number, long record, Runnable refused) {
    this.name = name + "-sentinel-" + number;
    this.number = number;
    this.record = record;
    this.refused = refused;
  }

  /**
   * Has one that is away come back, if its CPU was idle now and then since this was asked last.
   *
   * @param idleTicks how long the CPU was idle so far; −1 if not known.
   */
  void comeBack(long idleTicks) {
    long now = System.nanoTime();
    long passed = (now - lookedAt) / IdleTime.TICK_NANOS;
    boolean wasIdle = lookedAt != 0 && idleTicks - idle > passed / A_TENTH;
    if (wasIdle || idleTicks < 0) {
      lookedAt = 0;
      come();
    } else {
      lookedAt = now;
      idle = idleTicks;
      pause = Math.min(2 * pause, LONGEST_NANOS);
      SentinelRecord.setAway(record, now + pause);
    }
  }

  /**
   * Starts the thread, or later where there are no threads to be had. By one that makes threads.
   */
  void come() {
    came = System.nanoTime();
    SentinelRecord.setThere(record);
    Thread made = new Thread(null, this, name, STACK, false);
    made.setDaemon(true);
    try {
      made.start();
      thread = made;
    } catch (OutOfMemoryError e) {
      SentinelRecord.setAway(record, came + LONGEST_NANOS);
    }
  }

  @Override
  public void run() {
    int how = Affinity.pin(number) < 0 ? -1 : (int) Native.sentinel(record);
    if (how < 0) {
      refused.run();
    } else if (how == Native.SENTINEL_BUSY) {
      leave();
    }
  }

  /** It is not there at first, since the CPUs are busy. Before it has a thread. */
  void comeLater() {
    SentinelRecord.setAway(record, came + LATER_NANOS);
  }

  /** It is not there for a while. By its thread. */
  private void leave() {
    long now = System.nanoTime();
    pause = now - came > LONGEST_NANOS ? SHORTEST_NANOS : Math.min(2 * pause, LONGEST_NANOS);
    SentinelRecord.setAway(record, now + pause);
  }

  /** Whether it has left for good, in the time that a thread is given. */
  boolean join() {
    Thread last = thread;
    return last == null || Scheduler.join(last);
  }
}
