package io.syslet.kernel.sim;

import io.syslet.CallSlots;
import io.syslet.Params;
import io.syslet.Program;
import io.syslet.Syslet;
import io.syslet.kernel.StayedBehind;
import io.syslet.kernel.Submission;
import io.syslet.kernel.SysletTask;
import io.syslet.ring.Memory;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a {@link Worker}: it makes those of its task, one after the other, and stays behind
 * in one that blocks.
 *
 * <p>The hook fires if the worker is <em>ready</em>, which it is while it makes a call that may go
 * on without its user, and clears that: once a call.
 */
final class WorkerCalls implements StayedBehind {
  /** What others see of the call that it makes. */
  final SimPending state;

  private final Worker worker;
  private final SimSystem system;

  /** What the call under way completes by; blank while the worker stands by. */
  private Submission submission = new Submission();

  /** Whose call the worker stays behind in. */
  private @Nullable SimTask submitter;

  private boolean ready;
  private boolean canceled;

  /** Which of the calls that were handed over the worker is in; 0 for none. */
  private long pending;

  private long slot;
  private long callerData;

  WorkerCalls(Worker worker, SimSystem system) {
    this.worker = worker;
    this.system = system;
    this.state = new SimPending(worker, system.machine);
  }

  /** Which of the calls that were handed over the worker has stayed behind in; 0 for none. */
  long pending() {
    return pending;
  }

  /** Makes one call, whose registers are at an address: its value or −errno. */
  long plainly(long registers, boolean mayBlock) {
    worker.mustNotBlock = !mayBlock;
    long result = system.calls.make(system.calls.prepare(registers), registers);
    worker.mustNotBlock = false;
    ended();
    return result;
  }

  /** Makes the calls that the task asks for, until one is handed over or must be looked at. */
  void make(SimTask mine) {
    Submission target = begin(mine);
    int outcome = SysletTask.DONE;
    for (boolean forced = mine.isForced(); slot != mine.last(); forced = false) {
      if (!forced && !SysletTask.isPlain(slot, target.ringAddress())) {
        outcome = SysletTask.LOOK;
        break;
      }
      pre(mine, target);
      long status = system.calls.make(system.calls.prepare(slot), slot);
      ready = false;
      ended();
      if (worker.task() != mine) {
        stayBehind(status);
        return;
      }
      status = state.settled(status);
      if (status == -Syslet.ESYSLETPENDING) {
        outcome = SysletTask.PENDING;
        break;
      }
      Memory.putLong(slot + CallSlots.STATUS, status);
      slot += CallSlots.LENGTH;
    }
    settle(mine, target, outcome);
  }

  private Submission begin(SimTask mine) {
    system.machine.charge(system.costs.entry());
    Submission target = mine.submission();
    slot = mine.slot();
    target.arm(Memory.getLong(slot + CallSlots.PARAMS + Params.CALLER_DATA));
    state.begin(slot, target.deadline());
    return target;
  }

  /** Before each call: a worker stands by, and this one is ready. */
  private void pre(SimTask mine, Submission target) {
    callerData = Memory.getLong(slot + CallSlots.PARAMS + Params.CALLER_DATA);
    long entry = target.entryCallerData();
    if (entry != 0) {
      Memory.putLong(entry, callerData);
    }
    chargeSlot(mine);
    if (!mine.isForeign() && worker.isOnOwnStack()) {
      system.workers.prepareSpare();
      submission = target;
      ready = true;
    }
  }

  /** The program's work between two calls was charged for the first of a batch, when it entered. */
  private void chargeSlot(SimTask mine) {
    long user = slot == mine.slot() ? 0 : system.costs.user();
    system.machine.charge(system.costs.slot() + user);
  }

  private void ended() {
    worker.signalled = false;
    worker.dropFiles();
  }

  private void settle(SimTask mine, Submission target, int outcome) {
    state.end(0);
    target.disarm();
    int how = outcome;
    if (outcome == SysletTask.PENDING) {
      how = mine.completeOwnResult(slot) ? SysletTask.PENDING : SysletTask.DONE;
      slot += CallSlots.LENGTH;
    }
    mine.settled(slot, how);
  }

  // ---- the hook

  /** The worker is about to sleep: another goes on with its user, once a call. */
  void blocks() {
    if (!ready) {
      return;
    }
    ready = system.machine.hasPlant(Plant.HOOK_FIRES_TWICE);
    Worker spare = system.workers.takeSpare();
    if (spare != null) {
      handOver(spare);
    }
  }

  private void handOver(Worker spare) {
    SimTask user = Objects.requireNonNull(worker.task() != null ? worker.task() : submitter);
    submitter = user;
    pending = system.nextPending();
    system.machine.trace().event("pend", system.calls.name(slot), pending, user.id());
    state.handedOver(slot, submission.target(), callerData);
    user.handedOver(slot, spare.calls().submission);
    worker.giveUp();
    spare.give(user);
    system.machine.readyAfterHandOver(spare);
  }

  /** The other half of post: the call of a user who went on without us has ended. */
  private void stayBehind(long status) {
    system.ending.ended(this, submission, callerData, status);
    if (worker.task() == null) {
      worker.standBy();
    }
  }

  @Override
  public int asked() {
    return state.asked();
  }

  @Override
  public long settled(long status) {
    return state.settled(status);
  }

  @Override
  public boolean isCanceled() {
    return canceled;
  }

  @Override
  public long next(Submission program) {
    int unwanted = state.next(program.call(), program.target(), program.callerData());
    return unwanted != 0 ? -unwanted : state.settled(plainly(program.call(), true));
  }

  @Override
  public boolean launch(Program frame) {
    return system.launchOn(worker, frame);
  }

  @Override
  public void post(Submission of, long data, long status) {
    system.machine.trace().event("done", pending, Objects.requireNonNull(submitter).id(), status);
    state.end(status);
    if (!canceled) {
      system.poster.post(of, data, status);
    }
    canceled = false;
    submitter = null;
    pending = 0;
    worker.killed = false;
    system.changed();
  }

  /** Completes its pending call in its place, and gets it out of it. */
  void cancel(long status) {
    if (pending != 0 && !canceled) {
      canceled = true;
      system
          .machine
          .trace()
          .event("cancel", pending, Objects.requireNonNull(submitter).id(), status);
      submission.complete(submission.isProgram() ? submission.callerData() : callerData, status);
      worker.kill(system.machine);
    }
  }
}
