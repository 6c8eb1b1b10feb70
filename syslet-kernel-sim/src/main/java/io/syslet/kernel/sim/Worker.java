package io.syslet.kernel.sim;

import io.syslet.kernel.coroutine.Coroutine;
import io.syslet.kernel.coroutine.CoroutineEntry;
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
 * <p>The hook stands where a thread is about to sleep ({@link #blocks}). A worker that is preempted
 * in a call, or whose sleep ends before it begins because of a signal, does not come there.
 */
final class Worker extends SimThread implements CoroutineEntry {
  private final SimSystem system;
  private final int id;
  private final Coroutine coroutine;

  /** Behind this one among those that may run. */
  @Nullable Worker next;

  /** Where it is in the list of all workers. */
  int index;

  /** The task whose user it runs; null when it stands by or has stayed behind. */
  private @Nullable SimTask task;

  private final WorkerCalls calls;
  private boolean onUserStack;
  private boolean parked;
  private boolean exiting;

  Worker(SimSystem system, int id) {
    this.system = system;
    this.id = id;
    this.coroutine = Coroutine.create(this);
    this.calls = new WorkerCalls(this, system);
  }

  @Override
  int id() {
    return id;
  }

  @Nullable SimTask task() {
    return task;
  }

  /** The calls that it makes. */
  WorkerCalls calls() {
    return calls;
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

  /** Whether it makes calls on its own stack, and not on its user's. */
  boolean isOnOwnStack() {
    return !onUserStack;
  }

  /** Takes its user away: another worker goes on with that one. */
  void giveUp() {
    task = null;
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
   * Its life. Not divided further, nor is {@link WorkerCalls#make}: each frame below a call is kept
   * for as long as the call sleeps, and a hundred thousand may.
   */
  @Override
  public void run(@Nullable Object argument) {
    try {
      while (!exiting) {
        SimTask mine = task;
        switch (mine == null ? UserContext.AWAY : enterUser(mine)) {
          case UserContext.CALLS -> calls.make(Objects.requireNonNull(mine));
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

  /** Its user has ended, or its call has and no user followed: it waits for the next, or exits. */
  void standBy() {
    killed = false;
    signalled = false;
    if (!system.workers.standBy(this)) {
      exiting = true;
    }
  }

  @Override
  void blocks() {
    calls.blocks();
  }

  @Override
  void die() {
    SimTask mine = task;
    if (mine == null) {
      kill(system.machine);
    } else if (!mine.isForeign()) {
      mine.signals().kill();
    }
  }

  @Override
  public String toString() {
    SimWaitQueue queue = sleepsIn;
    String where = queue != null ? "waits for " + queue.name : parked ? "is parked" : "may run";
    long pending = calls.pending();
    return "worker " + id + (pending != 0 ? ", in pending call " + pending + ", " : " ") + where;
  }
}
