package io.syslet.linux;

import io.syslet.kernel.CallRecord;
import io.syslet.linux.ThreadState.Sleep;
import io.syslet.linux.events.Events;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The detector behind the sentinels: a thread that looks at each processor's holder, and does what
 * a sentinel does to one that it sees twice in the same place, asleep. It finds what a sentinel
 * cannot see, because another program keeps the CPU busy, or because there is no sentinel; late,
 * but surely. It also watches those that have lost their processor: a call that one makes all the
 * same, how long it sleeps.
 *
 * <p>It looks every millisecond, and ten times as often for a while after it had to do something:
 * what sentinels miss once they miss again. Then the first sight of a sleeping holder is enough if
 * others wait; so a burst of sleepers is worked off at one look each. A continuation that waits
 * alone behind a holder which computes on is found in the same way as one that sleeps: by the turn,
 * which is still the one that was seen before; that makes it hasty if its time had come, since
 * timers go on. Calls that sleep make it hasty only while the machine is crowded: where only the
 * program itself keeps the processors busy, nothing is missed. There it is also told by the kernel,
 * where that gives records ({@link SwitchDetector}), and need not look so often.
 *
 * <p>It parks after ten rounds without a carrier at work. Who takes a processor looks whether it is
 * parked, behind that; it looks for holders after it has said that it parks; so one sees the other.
 */
final class Sysmon extends Thread {
  private static final long BEHIND_SENTINEL_NANOS = 1_000_000;
  private static final long ALONE_NANOS = 50_000;
  private static final long QUIET_NANOS = 10_000_000;
  private static final int QUIET_ROUNDS = 10;
  private static final long HASTY_NANOS = 100_000;
  private static final int HASTY_ROUNDS = 1000;
  private static final long FIRST_CHORES_NANOS = 20_000_000;
  private static final long CHORES_NANOS = 100_000_000;

  private final Scheduler scheduler;
  private final Cpu[] cpus;
  private final long period;
  private final Sights sights;
  private final ThreadState state;
  private final BlockedWatch blocked;
  private final Tracer tracer;
  private final Crowding crowding;
  private final SwitchDetector switches;
  private boolean watchesSwitches;
  private boolean traced;
  private int hasty;
  private volatile boolean parked;
  private final AtomicLong late = new AtomicLong();

  Sysmon(Scheduler scheduler, boolean behindSentinels, boolean crowded, Arena arena) {
    super(null, null, scheduler.options.name() + "-sysmon", 0, false);
    this.scheduler = scheduler;
    this.cpus = scheduler.queues.cpus();
    this.period = behindSentinels ? BEHIND_SENTINEL_NANOS : ALONE_NANOS;
    this.state = new ThreadState(arena.allocate(ThreadState.LENGTH, 8).address());
    this.tracer = new Tracer(arena);
    this.crowding = new Crowding(crowded, arena);
    this.switches = new SwitchDetector(scheduler, this, arena);
    this.blocked = new BlockedWatch(scheduler.carriers, scheduler.listener, state);
    this.sights = new Sights(cpus.length);
    setDaemon(true);
    lookForTracer();
  }

  /** Lets sentinels look at each state while threads may be stopped. */
  private void lookForTracer() {
    traced = tracer.isThere();
    SchedulerRecord.setTraced(scheduler.record, traced);
  }

  /** Whether it looks at a carrier's record now. A full fence. */
  boolean looksAt(long carrier) {
    return state.looksAt(carrier);
  }

  /** Calls that it has handed over, which a sentinel would have sooner. Any thread may read. */
  long late() {
    return late.getOpaque();
  }

  /** Whether other programs use much of the machine. Any thread may ask. */
  boolean isCrowded() {
    return crowding.isThere();
  }

  /** A carrier has taken a processor, and is about to run something. */
  void arm() {
    if (parked) {
      parked = false;
      LockSupport.unpark(this);
    }
  }

  @Override
  public void run() {
    while (!scheduler.isClosed()) {
      try {
        watch();
      } catch (RuntimeException | Error e) {
        Uncaught.report(e);
        LockSupport.parkNanos(QUIET_NANOS);
      }
    }
    watchSwitches(false);
  }

  private void watch() {
    int quiet = 0;
    long chores = System.nanoTime() + FIRST_CHORES_NANOS;
    while (!scheduler.isClosed()) {
      pause(quiet);
      scheduler.sentinels.recall();
      quiet = look() ? 0 : quiet + 1;
      if (quiet <= QUIET_ROUNDS) {
        blocked.lookNowAndThen();
      } else if (!blocked.look()) {
        rest();
        quiet = 0;
      }
      if (System.nanoTime() - chores > 0) {
        chores = System.nanoTime() + CHORES_NANOS;
        VmState.tell(scheduler.record);
        scheduler.countProcessors();
        crowding.look(late());
        lookForTracer();
        Events.look();
      }
    }
  }

  private void pause(int quiet) {
    long nanos = quiet > QUIET_ROUNDS ? QUIET_NANOS : patience();
    boolean hasReason = quiet <= QUIET_ROUNDS && hasty > 0 && crowding.isThere();
    watchSwitches(hasReason && switches.isPossible());
    if (watchesSwitches) {
      switches.await(BEHIND_SENTINEL_NANOS);
    } else {
      LockSupport.parkNanos(nanos);
    }
  }

  private void watchSwitches(boolean on) {
    if (watchesSwitches && !on) {
      switches.rest();
    }
    if (watchesSwitches != on) {
      watchesSwitches = on;
      SchedulerRecord.setRecorded(scheduler.record, on);
    }
  }

  /**
   * The kernel says that the holder of a processor sleeps, or one that has lent it: whether it
   * holds that no more. A tracer's stop looks like a sleep, and so does the VM's.
   */
  boolean sleeps(Cpu cpu, long active, long seq) {
    long record = active & ~CpuRecord.LENT;
    if ((seq & 1) != 0 && !traced) {
      hasty = HASTY_ROUNDS;
      return handOver(cpu, record, seq);
    }
    found(cpu, active, seq);
    return CpuRecord.active(cpu.record) != record;
  }

  private long patience() {
    hasty = Math.max(hasty - 1, 0);
    return hasty > 0 ? Math.min(HASTY_NANOS, period) : period;
  }

  private void rest() {
    parked = true;
    if (!anyHeld()) {
      while (parked && !scheduler.isClosed()) {
        LockSupport.park(this);
      }
    }
    parked = false;
  }

  private boolean anyHeld() {
    for (Cpu cpu : cpus) {
      if (!cpu.isFree() || !cpu.replaced().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private boolean look() {
    boolean work = false;
    boolean alone = false;
    boolean due = false;
    for (Cpu cpu : cpus) {
      if (sights.runsOn(cpu) && cpu.waiting() > 0) {
        alone = true;
        due |= cpu.hasDue();
      }
      work |= look(cpu);
      work |= lookAtReplaced(cpu);
    }
    if (alone && scheduler.queues.kickFree() && due) {
      hasty = HASTY_ROUNDS;
    }
    if (scheduler.queues.anyNeedsOthers()) {
      scheduler.queues.kickFree();
      return true;
    }
    return work;
  }

  /** Looks at the holder of a processor, or at who has lent it: whether somebody holds it. */
  private boolean look(Cpu cpu) {
    long active = CpuRecord.active(cpu.record);
    long record = active & ~CpuRecord.LENT;
    if (record == 0) {
      return false;
    }
    scheduler.watchCpuOf(record);
    long seq = Memory.getLongAcquire(record + CallRecord.SEQ);
    boolean still = sights.isStill(cpu, record, seq);
    if ((still || isEnough(seq)) && (seq & CallRecord.CLAIMED) == 0) {
      found(cpu, active, seq);
    }
    return active == record;
  }

  /** Whether the first sight of a holder outside of a call is enough. */
  private boolean isEnough(long seq) {
    return hasty > 0 && (seq & 1) == 0 && scheduler.queues.anyWaiting();
  }

  private void found(Cpu cpu, long active, long seq) {
    long record = active & ~CpuRecord.LENT;
    if ((seq & 1) != 0) {
      claim(cpu, record, seq);
    } else if (active == record && isAsleep(cpu, record)) {
      hasty = HASTY_ROUNDS;
      missed(record);
      boolean _ = cpu.retake(record);
    }
  }

  /** Whom the VM has stopped goes on soon after a safepoint, or sleeps for something else. */
  private boolean isAsleep(Cpu cpu, long record) {
    Sleep sleep = state.sleep(record);
    if (sleep == Sleep.VM) {
      return sights.isStoppedForLong(cpu);
    }
    sights.goesOn(cpu);
    return sleep == Sleep.OWN;
  }

  /** Hands over what a replaced carrier sleeps in; whether there is one. */
  private boolean lookAtReplaced(Cpu cpu) {
    if (cpu.replaced().isEmpty()) {
      return false;
    }
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

  /** On a crowded machine a sentinel that has left would see nothing. */
  private void missed(long record) {
    if (!crowding.isThere()) {
      scheduler.miss(record);
    }
  }

  private void claim(Cpu cpu, long record, long seq) {
    if (state.isAsleep(record)) {
      hasty = crowding.isThere() ? HASTY_ROUNDS : hasty;
      missed(record);
      boolean _ = handOver(cpu, record, seq);
    }
  }

  /** Has a spare take over a call: whether it will. */
  private boolean handOver(Cpu cpu, long record, long seq) {
    Carrier spare = scheduler.spares.take();
    if (spare == null) {
      CpuRecord.countNoSpare(cpu.record, seq);
      scheduler.spawner.refill();
      return false;
    }
    boolean won = Memory.compareAndSetLong(record + CallRecord.SEQ, seq, seq | CallRecord.CLAIMED);
    late.setOpaque(late.getPlain() + (won ? 1 : 0));
    if (watchesSwitches) {
      switches.expect(spare);
    }
    spare.go(cpu, won ? record : 0);
    return won;
  }
}
