package io.syslet.linux;

import io.syslet.kernel.CallRecord;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.util.Iterator;
import java.util.concurrent.locks.LockSupport;

/**
 * The detector behind the sentinels: a thread that samples the call of each processor's active
 * carrier, and hands over one that it sees twice, if the thread really sleeps. It finds what a
 * sentinel cannot see, because another program keeps the processor busy, or because there is no
 * sentinel; late, but surely. It also finds the carrier that sleeps outside a call while tasks
 * wait, and has it replaced, and what such a one does then.
 *
 * <p>It parks after ten rounds without a carrier at work. Whoever activates a carrier looks whether
 * it is parked, after the activation; it looks for active carriers after it has said that it parks;
 * so one sees the other.
 */
final class Sysmon extends Thread {
  private static final long BEHIND_SENTINEL_NANOS = 1_000_000;
  private static final long ALONE_NANOS = 50_000;
  private static final long PATIENCE_NANOS = 3_000_000;
  private static final long TRACER_NANOS = 100_000_000;
  private static final int QUIET_ROUNDS = 10;

  private final LinuxKernel kernel;
  private final long period;
  private final long[] seen;
  private final int[] turns;
  private final int[] stuckRounds;
  private final ThreadState state;
  private volatile boolean parked;

  Sysmon(LinuxKernel kernel, int cpus, Arena arena) {
    super(null, null, "syslet-sysmon", 0, false);
    this.kernel = kernel;
    this.period = kernel.options.sentinel() ? BEHIND_SENTINEL_NANOS : ALONE_NANOS;
    this.state = new ThreadState(arena);
    this.seen = new long[cpus];
    this.turns = new int[cpus];
    this.stuckRounds = new int[cpus];
    setDaemon(true);
  }

  /** A carrier has become active. */
  void arm() {
    if (parked) {
      parked = false;
      LockSupport.unpark(this);
    }
  }

  @Override
  public void run() {
    int quiet = 0;
    for (long round = 0; !kernel.isClosed(); round++) {
      if (round * period % TRACER_NANOS == 0) {
        lookForTracer();
      }
      LockSupport.parkNanos(period);
      quiet = look() ? 0 : quiet + 1;
      if (quiet > QUIET_ROUNDS) {
        rest();
        quiet = 0;
      }
    }
  }

  private void rest() {
    parked = true;
    if (!anyActive()) {
      while (parked && !kernel.isClosed()) {
        LockSupport.park(this);
      }
    }
    parked = false;
  }

  /** A tracer stops a thread at each call, which looks like blocking from outside. */
  private void lookForTracer() {
    boolean traced = Tracer.isThere();
    for (int i = 0; i < seen.length; i++) {
      Cpu cpu = kernel.cpu(i);
      if (cpu != null) {
        CpuRecord.setTraced(cpu.record, traced);
      }
    }
  }

  private boolean anyActive() {
    boolean active = false;
    for (int i = 0; i < seen.length; i++) {
      Cpu cpu = kernel.cpu(i);
      active |= cpu != null && (CpuRecord.active(cpu.record) != 0 || !cpu.replaced().isEmpty());
    }
    return active;
  }

  private boolean look() {
    boolean active = false;
    for (int i = 0; i < seen.length; i++) {
      Cpu cpu = kernel.cpu(i);
      if (cpu != null) {
        active |= look(cpu, i);
        active |= lookAtReplaced(cpu);
      }
    }
    return active;
  }

  private boolean look(Cpu cpu, int i) {
    long record = CpuRecord.active(cpu.record);
    long seq = record == 0 ? 0 : Memory.getLongAcquire(record + CallRecord.SEQ);
    boolean still = seen[i] == (seq ^ record);
    seen[i] = seq ^ record;
    if ((seq & 1) == 0) {
      return record != 0 && lookOutside(cpu, i, record, still);
    }
    if (still && (seq & CallRecord.CLAIMED) == 0) {
      claim(cpu, record, seq);
    }
    return true;
  }

  /** No call is under way: a carrier that sleeps while tasks wait must let another one run them. */
  private boolean lookOutside(Cpu cpu, int i, long record, boolean still) {
    Carrier carrier = kernel.findCarrier(record);
    if (carrier == null) {
      return false;
    }
    boolean stuck = still && cpu.hasWork() && turns[i] == carrier.turns();
    turns[i] = carrier.turns();
    stuckRounds[i] = stuck ? stuckRounds[i] + 1 : 0;
    if (stuckRounds[i] * period >= PATIENCE_NANOS) {
      stuckRounds[i] = 0;
      if (state.isAsleep(record) && cpu.replace(carrier)) {
        kernel.counters.replaced.increment();
      }
    }
    return true;
  }

  /** Hands over what a replaced carrier sleeps in; whether there is one. */
  private boolean lookAtReplaced(Cpu cpu) {
    boolean there = false;
    for (Iterator<Replaced> all = cpu.replaced().iterator(); all.hasNext(); ) {
      Replaced replaced = all.next();
      there = true;
      long seq = replaced.sameCall();
      if (replaced.isOver()) {
        all.remove();
      } else if (seq != 0) {
        claim(cpu, replaced.record, seq);
      }
    }
    return there;
  }

  private void claim(Cpu cpu, long record, long seq) {
    if (!state.isAsleep(record)) {
      return;
    }
    Carrier standby = cpu.take();
    if (standby == null) {
      cpu.refill();
    } else {
      boolean won =
          Memory.compareAndSetLong(record + CallRecord.SEQ, seq, seq | CallRecord.CLAIMED);
      standby.go(won ? record : 0);
    }
  }
}
