package io.syslet.kernel.sim;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Program;
import io.syslet.Registers;
import io.syslet.kernel.Submission;
import io.syslet.kernel.SysletTask;
import io.syslet.kernel.TaskEnd;
import io.syslet.ring.Memory;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A task of the simulated kernel: its user's context, and the worker whose user that is now. The
 * way of a batch of calls:
 *
 * <pre>
 *   user                        worker                        spare
 *   enter: leaves with CALLS
 *                               makes call after call
 *                               one blocks: the hook --------&gt; gets the user
 *                               sleeps on in the call
 *   enter returns PENDING &lt;----------------------------------- enters the user
 * </pre>
 */
public final class SimTask extends SysletTask {
  /** Bytes of kernel memory that a task needs: two slots for the entry, one for plain calls. */
  static final long MEMORY_LENGTH = 3L * CallSlots.LENGTH;

  private final SimSystem system;
  private final UserContext user;
  private final long memory;
  private final boolean foreign;
  private final SimWaitQueue joiners;
  private final TaskEnd end = new TaskEnd();
  private final TaskSignals signals;
  private @Nullable Worker worker;
  private long slot;
  private long last;
  private boolean forced;
  private int accepted;
  private boolean mustNotBlock;

  SimTask(SimSystem system, long id, long memory, boolean foreign, Program program) {
    super(id, memory, system.ending);
    this.system = system;
    this.memory = memory;
    this.foreign = foreign;
    this.joiners = new SimWaitQueue(system.machine, "the end of a task");
    this.user = new UserContext("syslet-sim-task-" + id, () -> body(program), this::runnable);
    this.signals = new TaskSignals(this, system.machine);
  }

  long memory() {
    return memory;
  }

  UserContext user() {
    return user;
  }

  /** Whether it stands in for a host thread, whose frames cannot be handed over. */
  boolean isForeign() {
    return foreign;
  }

  void worker(Worker mine) {
    worker = mine;
  }

  /** The worker whose user it is. */
  Worker worker() {
    return Objects.requireNonNull(worker);
  }

  private void body(Program program) {
    try {
      program.run(system.kernel);
    } catch (Throwable e) {
      end.failed(e);
    } finally {
      submission.giveBack();
    }
  }

  private void runnable() {
    if (system.machine.isHost()) {
      unpark();
    } else {
      system.machine.post(this::unpark);
    }
  }

  private void unpark() {
    if (worker != null) {
      worker.unpark();
    }
  }

  /** The program has ended, and its worker has gone. */
  void ended() {
    joiners.wakeAll();
    end.come();
  }

  boolean hasEnded() {
    return end.hasCome();
  }

  @Override
  public void join() throws InterruptedException, ExecutionException {
    if (system.currentTask() != null) {
      joinInside(Objects.requireNonNull(system.currentTask()));
    } else if (!hasEnded()) {
      system.driver.drive(end);
    }
    end.rethrow();
  }

  private void joinInside(SimTask caller) throws InterruptedException {
    while (!hasEnded()) {
      long slept = caller.boundary(task -> joiners.sleepInterruptibly());
      if (slept < 0) {
        throw new InterruptedException();
      }
    }
  }

  // ---- the program's side

  /** {@link #boundary} for what needs a place in a ring. */
  long submit(ToLongFunction<SimTask> call) {
    return boundary(
        task ->
            system.machine.faults().strikes(Fault.RING_FULL)
                ? -Errno.EAGAIN
                : call.applyAsLong(task));
  }

  /**
   * Enters the kernel and returns to the program: where the program of a task that was killed ends.
   *
   * @return what the call says; −EINTR without it in the finally blocks of a killed program.
   */
  long boundary(ToLongFunction<SimTask> call) {
    if (signals.die()) {
      return -Errno.EINTR;
    }
    MachineCore machine = system.machine;
    machine.charge(system.costs.user());
    machine.mayKill(worker());
    long result = call.applyAsLong(this);
    machine.mayKill(worker());
    signals.die();
    return result;
  }

  @Override
  protected int enter(long first, long last, boolean forced) {
    slot = first;
    this.last = last;
    this.forced = forced;
    if (!user.leave(UserContext.CALLS)) {
      system.counters.pinned.increment();
      worker().calls().make(this);
    }
    return accepted;
  }

  /** Sleeps in a call on the user's own stack: leaves, and the worker leaves with it. */
  void away() {
    if (!user.leave(UserContext.AWAY)) {
      throw new IllegalStateException(
          "task %d sleeps, and has a native frame or a class initialiser on its stack"
              .formatted(id()));
    }
  }

  /** A plain call with registers of its own. */
  long plainly(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    long registers = memory + 2L * CallSlots.LENGTH;
    Registers.put(registers, nr, a0, a1, a2, a3, a4, a5);
    return refuses(Memory.getLong(registers), registers) ? -Errno.EINVAL : plainly(registers);
  }

  @Override
  protected long plainly(long at) {
    if ((int) Memory.getLong(at) == Nr.GETTID) {
      return id();
    }
    boolean mayBlock = !mustNotBlock;
    mustNotBlock = false;
    return worker().calls().plainly(at, mayBlock);
  }

  /** What the machine makes is fit for its programs: it changes the process, not the thread. */
  @Override
  protected boolean refuses(long nr, long registers) {
    return super.refuses(nr, registers) && !system.calls.makesRefused(nr);
  }

  /** Each call can do without sleep here: it is undone at its first block. */
  @Override
  protected int withoutSleep(long at, long room) {
    mustNotBlock = true;
    return 0;
  }

  @Override
  protected long later(long nanos) {
    return SimPending.later(system.machine, nanos);
  }

  @Override
  protected boolean isLate(long deadline) {
    return system.machine.now() >= deadline;
  }

  @Override
  protected void countInline() {
    system.counters.inline.increment();
  }

  @Override
  protected boolean spareReady() {
    return system.workers.hasSpare();
  }

  // ---- the worker's side

  /** Completes the call at a slot, whose own result is −132: false if it is one of a program. */
  boolean completeOwnResult(long at) {
    return completeOwn132(at);
  }

  Submission submission() {
    return submission;
  }

  long slot() {
    return slot;
  }

  long last() {
    return last;
  }

  boolean isForced() {
    return forced;
  }

  /** The calls up to {@code stop} were made, and none was taken over. */
  void settled(long stop, int how) {
    accepted = (int) ((stop - slot) / CallSlots.LENGTH);
    outcome = how;
    int inline = how == PENDING ? accepted - 1 : accepted;
    system.counters.inline.add(inline);
    if (foreign) {
      system.counters.foreign.add(inline);
    }
  }

  /** The call at {@code blocked} goes on without this task. */
  void handedOver(long blocked, Submission blank) {
    accepted = handedOver(slot, blocked, blank);
    system.counters.inline.add(accepted - 1);
  }

  /** What reaches it from outside. */
  TaskSignals signals() {
    return signals;
  }

  @Override
  public String toString() {
    return "task " + id() + ": " + worker;
  }
}
