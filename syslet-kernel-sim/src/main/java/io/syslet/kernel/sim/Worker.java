package io.syslet.kernel.sim;

import io.syslet.CallSlots;
import io.syslet.Params;
import io.syslet.Program;
import io.syslet.Syslet;
import io.syslet.kernel.StayedBehind;
import io.syslet.kernel.Submission;
import io.syslet.kernel.SysletTask;
import io.syslet.kernel.coroutine.Coroutine;
import io.syslet.kernel.coroutine.CoroutineEntry;
import io.syslet.ring.Memory;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A thread of the machine that makes calls: a coroutine. It runs the user of a task, makes the
 * task's calls on its own stack, and stays behind in a call that blocks. Its life:
 *
 * <pre>
 *                 the hook gives it the user of a call that blocks
 *   STANDING BY ----------------------------------------------------> ACTIVE: runs a task
 *       ^                                                                |   ^
 *       |        posts the completion;                its own call       |   | enters the frame
 *       +--------------------------- STAYED BEHIND &lt;---- blocks ---------+   | of the call, as a
 *       |  told to exit                   |                                  | new task
 *       v                                 +----------------------------------+
 *     EXITED
 * </pre>
 *
 * <p>The hook stands where a thread is about to sleep ({@link #blocks}). It fires if the worker is
 * <em>ready</em>, which it is while it makes a call that may go on without its user, and clears
 * that: once a call. A worker that is preempted in a call, or whose sleep ends before it begins
 * because of a signal, does not come there.
 */
final class Worker extends SimThread implements CoroutineEntry, StayedBehind {
  private final SimSystem system;
  private final int id;
  private final Coroutine coroutine;

  /** Behind this one among those that may run. */
  @Nullable Worker next;

  /** Where it is in the list of all workers. */
  int index;

  /** The task whose user it runs; null when it stands by or has stayed behind. */
  private @Nullable SimTask task;

  private Submission submission = new Submission();

  /** Whose call it stays behind in. */
  private @Nullable SimTask submitter;

  private boolean ready;
  private boolean onUserStack;
  private boolean parked;
  private boolean exiting;
  private boolean canceled;

  /** Which of the calls that were handed over it is in; 0 for none. */
  private long pending;

  private long slot;
  private long callerData;

  Worker(SimSystem system, int id) {
    this.system = system;
    this.id = id;
    this.coroutine = Coroutine.create(this);
  }

  @Override
  int id() {
    return id;
  }

  @Nullable SimTask task() {
    return task;
  }

  /** Whether it has stayed behind in a call. */
  boolean isPending() {
    return pending != 0;
  }

  // ---- the machine's side

  /** Runs until it leaves. */
  void enter() {
    coroutine.enter();
  }

  @Override
  void leave() {
    SimTask mine = task;
    if (!onUserStack) {
      Coroutine.yield();
    } else if (mine != null) {
      mine.away();
    }
  }

  /** Gives it a user, whose worker it is from now on. */
  void give(SimTask user) {
    task = user;
    user.worker(this);
    credentials = system.process.credentialsForHandOver();
  }

  /** Tells it, which stands by, to exit. */
  void exit() {
    exiting = true;
  }

  /** Whether its user waits for something outside of the machine. */
  boolean isParked() {
    return parked;
  }

  /** The JDK says that the user, who has parked, may run. */
  void unpark() {
    if (parked) {
      parked = false;
      system.parked(-1);
      system.machine.ready(this);
    }
  }

  // ---- its own side

  /**
   * Its life. Not divided further, nor is {@link #makeCalls}: each frame below a call is kept for
   * as long as the call sleeps, and a hundred thousand may.
   */
  @Override
  public void run(@Nullable Object argument) {
    try {
      while (!exiting) {
        SimTask mine = task;
        switch (mine == null ? UserContext.AWAY : enterUser(mine)) {
          case UserContext.CALLS -> makeCalls(Objects.requireNonNull(mine));
          case UserContext.AWAY -> Coroutine.yield();
          case UserContext.ENDED -> end(Objects.requireNonNull(mine));
          default -> park(Objects.requireNonNull(mine));
        }
      }
    } catch (Throwable e) {
      system.machine.stop(e);
    }
    system.workers.left(this);
  }

  private int enterUser(SimTask mine) {
    onUserStack = true;
    int wanted = mine.user().enter();
    onUserStack = false;
    return wanted;
  }

  /** The program waits for something that is not the machine's, or yields. */
  private void park(SimTask mine) {
    if (mine.user().isSubmitted()) {
      system.machine.ready(this);
    } else {
      parked = true;
      system.parked(1);
    }
    Coroutine.yield();
  }

  private void end(SimTask mine) {
    task = null;
    system.ended(mine);
    standBy();
  }

  private void standBy() {
    killed = false;
    signalled = false;
    if (!system.workers.standBy(this)) {
      exiting = true;
    }
  }

  // ---- calls

  /** Makes one call, whose registers are at an address: its value or −errno. */
  long call(long registers, boolean mayBlock) {
    mustNotBlock = !mayBlock;
    long result = system.calls.make(system.calls.prepare(registers), registers);
    mustNotBlock = false;
    ended();
    return result;
  }

  /** Makes the calls that the task asks for, until one is handed over or must be looked at. */
  void makeCalls(SimTask mine) {
    Submission target = begin(mine);
    int outcome = SysletTask.DONE;
    for (boolean forced = mine.isForced(); slot != mine.last(); forced = false) {
      if (!forced && !Dispatcher.isPlain(slot, target.ringAddress())) {
        outcome = SysletTask.LOOK;
        break;
      }
      pre(mine, target);
      long status = system.calls.make(system.calls.prepare(slot), slot);
      ready = false;
      ended();
      if (task != mine) {
        stayBehind(status);
        return;
      }
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
    if (!mine.isForeign() && !onUserStack) {
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
    signalled = false;
    dropFiles();
  }

  private void settle(SimTask mine, Submission target, int outcome) {
    target.disarm();
    if (outcome == SysletTask.PENDING) {
      mine.completeOwnResult(slot);
      slot += CallSlots.LENGTH;
    }
    mine.settled(slot, outcome);
  }

  // ---- the hook

  @Override
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
    SimTask user = Objects.requireNonNull(task != null ? task : submitter);
    submitter = user;
    pending = system.nextPending();
    system.machine.trace().event("pend", system.calls.name(slot), pending, user.id());
    user.handedOver(slot, spare.submission);
    task = null;
    spare.give(user);
    system.machine.readyAfterHandOver(spare);
  }

  /** The other half of post: the call of a user who went on without us has ended. */
  private void stayBehind(long status) {
    system.ending.ended(this, submission, callerData, status);
    if (task == null) {
      standBy();
    }
  }

  @Override
  public boolean isCanceled() {
    return canceled;
  }

  @Override
  public long next(Submission program) {
    return call(program.call(), true);
  }

  @Override
  public boolean launch(Program frame) {
    return system.launchOn(this, frame);
  }

  @Override
  public void post(Submission of, long data, long status) {
    system.machine.trace().event("done", pending, Objects.requireNonNull(submitter).id(), status);
    if (!canceled) {
      system.poster.post(of, data, status);
    }
    canceled = false;
    submitter = null;
    pending = 0;
    killed = false;
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
      kill(system.machine);
    }
  }

  @Override
  void die() {
    SimTask mine = task;
    if (mine == null) {
      kill(system.machine);
    } else if (!mine.isForeign()) {
      mine.kill();
    }
  }

  @Override
  public String toString() {
    SimWaitQueue queue = sleepsIn;
    String where = queue != null ? "waits for " + queue.name : parked ? "is parked" : "may run";
    return "worker " + id + (isPending() ? ", in pending call " + pending + ", " : " ") + where;
  }
}
