package io.syslet.linux;

import io.syslet.kernel.CallRecord;
import io.syslet.linux.ThreadState.Sleep;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who holds the processors, as the {@link Sysmon} sees them: does what a sentinel does to a holder
 * that is seen twice in the same place, asleep. It also watches those that have lost their
 * processor: a call that one makes all the same.
 *
 * <p>What had to be done once has to be done again: for a while a look is hasty. Then the first
 * sight of a sleeping holder is enough if others wait; so a burst of sleepers is worked off at one
 * look each. A continuation that waits alone behind a holder which computes on is found in the same
 * way as one that sleeps: by the turn, which is still the one that was seen before; that makes it
 * hasty if its time had come, since timers go on. Calls that sleep make it hasty only while the
 * machine is crowded: where only the program itself keeps the processors busy, nothing is missed.
 * There it is also told by the kernel, where that gives records ({@link SwitchDetector}).
 *
 * <p>For the sysmon's thread, but where a method says otherwise.
 */
final class HolderWatch {
  private static final int HASTY_ROUNDS = 1000;

  /** Tells of holders that are switched, when it is on. */
  final SwitchDetector switches;

  private final Scheduler scheduler;
  private final Cpu[] cpus;
  private final Sights sights;
  private final ThreadState state;
  private final Tracer tracer;
  private final Crowding crowding;
  private final AtomicLong late = new AtomicLong();
  private boolean traced;
  private int hasty;

  HolderWatch(Scheduler scheduler, ThreadState state, boolean crowded, Arena arena) {
    this.scheduler = scheduler;
    this.cpus = scheduler.queues.cpus();
    this.state = state;
    this.tracer = new Tracer(arena);
    this.crowding = new Crowding(crowded, arena);
    this.switches = new SwitchDetector(scheduler, this, arena);
    this.sights = new Sights(cpus.length);
    lookForTracer();
  }

  /** Lets sentinels look at each state while threads may be stopped. */
  private void lookForTracer() {
    traced = tracer.isThere();
    SchedulerRecord.setTraced(scheduler.record, traced);
  }

  /** Looks at what changes seldom: who stops threads, and who else uses the machine. */
  void lookAround() {
    crowding.look(late());
    lookForTracer();
  }

  /** Calls that it has handed over, which a sentinel would have sooner. Any thread may read. */
  long late() {
    return late.getOpaque();
  }

  /** Whether other programs use much of the machine. Any thread may ask. */
  boolean isCrowded() {
    return crowding.isThere();
  }

  /** Whether it had to do something lately. */
  boolean isHasty() {
    return hasty > 0;
  }

  /** One more round. */
  void calmDown() {
    hasty = Math.max(hasty - 1, 0);
  }

  /** Whether a processor is held, or was lent by or taken from somebody who may make a call. */
  boolean anyHeld() {
    for (Cpu cpu : cpus) {
      if (!cpu.isFree() || isLentByTask(cpu) || !cpu.replaced().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a processor is lent in the middle of a turn with a task, which may be in a batch. */
  private boolean isLentByTask(Cpu cpu) {
    long active = CpuRecord.active(cpu.record);
    Carrier lender = active == 0 ? null : scheduler.carriers.find(active & ~CpuRecord.LENT);
    return lender != null && lender.mounted() instanceof LinuxTask;
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

  /** Looks at all processors: whether somebody is at work. */
  boolean look() {
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
    switches.expect(spare);
    spare.go(cpu, won ? record : 0);
    return won;
  }
}
