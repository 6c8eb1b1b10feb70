package io.syslet.linux;

import io.syslet.CallSlots;
import io.syslet.Program;
import io.syslet.kernel.Awaiter;
import io.syslet.kernel.CallRecord;
import io.syslet.kernel.LookTable;
import io.syslet.kernel.Submission;
import io.syslet.kernel.SysletTask;
import io.syslet.kernel.TaskEnd;
import io.syslet.kernel.VirtualThreads;
import io.syslet.ring.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A task: a virtual thread of which this is the scheduler.
 *
 * <p>The JDK's own state does not say whether a continuation may run. A thread dump suspends a
 * thread that has yielded (a run at that moment does nothing), and submits it again afterwards;
 * unparkers and timers submit as well. So there is a state of ours, and a continuation is run by
 * the carrier that owns RUNNING, and by nobody else:
 *
 * <pre>
 *   IDLE     --submitted--------> READY     given to the scheduler
 *   READY    --taken by carrier-> RUNNING   also while the carrier makes the task's call
 *   RUNNING  --submitted--------> NOTED
 *   RUNNING  --run returned-----> IDLE      it parked, or ended, or was suspended by a dump
 *   NOTED    --run returned-----> READY
 * </pre>
 *
 * A submission while READY or NOTED changes nothing. One that comes from the carrier itself,
 * because the task has yielded for a call, is not one. Why nothing is lost: if {@code run} did
 * nothing because of a dump, the dump's submission comes later, and finds either RUNNING (then
 * NOTED, then READY) or IDLE. Why no continuation runs while its call is being made: a submission
 * then makes NOTED of RUNNING at most, and only the owner of RUNNING leaves that.
 *
 * <p>When a call is handed over, ownership of RUNNING passes with it, by the CAS on the record's
 * seq, and the carrier that stays behind never touches the task again.
 */
final class LinuxTask extends SysletTask implements Executor, Runnable {
  private static final int IDLE = 0;
  private static final int READY = 1;
  private static final int RUNNING = 2;
  private static final int NOTED = 3;

  private static final VarHandle STATE =
      Handles.field(MethodHandles.lookup(), LinuxTask.class, "state", int.class);

  private final LinuxKernel kernel;
  private final long record;
  private final Thread thread;
  private final TaskEnd ended = new TaskEnd();

  @SuppressWarnings("unused")
  private volatile int state = IDLE;

  /** Calls made on the task's own stack. */
  final InlineCount inline;

  private @Nullable Runnable continuation;
  private @Nullable Thread carrier;
  private final @Nullable Prediction prediction;
  private @Nullable Awaiter awaiter;

  private boolean requested;
  private long slot;
  private long end;
  private boolean forced;
  private int accepted;

  LinuxTask(LinuxKernel kernel, long id, long memory, Program program) {
    super(id, memory + CallRecord.LENGTH, kernel.ending);
    this.kernel = kernel;
    this.inline = new InlineCount(kernel.counters.inlineOfTasks);
    this.record = memory;
    this.prediction =
        kernel.options.policy() == HandOverPolicy.ADAPTIVE ? new Prediction(kernel.counters) : null;
    Memory.putLong(record + CallRecord.LOOK, looks().address());
    TaskKernel view = new TaskKernel(kernel, this);
    this.thread = VirtualThreads.create(this, "syslet-task-" + id, () -> body(program, view));
  }

  /** Bytes of kernel memory that a task needs: a record, and two slots. */
  static long memoryLength() {
    return CallRecord.LENGTH + 2L * CallSlots.LENGTH;
  }

  long memory() {
    return record;
  }

  Thread thread() {
    return thread;
  }

  void start() {
    thread.start();
  }

  private void body(Program program, TaskKernel view) {
    try {
      kernel.began(this);
      program.run(view);
    } catch (Throwable e) {
      ended.failed(e);
    } finally {
      submission.giveBack();
      kernel.ended(this);
      ended.come();
    }
  }

  @Override
  public void join() throws InterruptedException, ExecutionException {
    ended.join();
  }

  // ---- the program's side

  @Override
  @SuppressWarnings("ThreadPriorityCheck") // yielding is how the carrier gets the call
  protected int enter(long first, long last, boolean forced) {
    slot = first;
    end = last;
    this.forced = forced;
    if (prediction != null && predicted(prediction)) {
      return accepted;
    }
    requested = true;
    Thread.yield();
    if (requested) {
      requested = false;
      kernel.counters.pinned.add(onOwnStack());
    }
    return accepted;
  }

  /** Makes the calls here if they are expected not to sleep. */
  private boolean predicted(Prediction oracle) {
    int calls = (int) ((end - slot) / CallSlots.LENGTH);
    if (!(carrier instanceof Carrier here) || !oracle.saysHot(here.calls, calls)) {
      return false;
    }
    oracle.made(here.calls, onOwnStack());
    return true;
  }

  /** Makes the calls where the frames are; they block if they block. */
  private int onOwnStack() {
    int inlined =
        settled(CallRunner.runHere(kernel, record, slot, end, forced, submission), record);
    inline.add(inlined);
    return inlined;
  }

  @Override
  protected long plainly(long at) {
    return kernel.plainly(at);
  }

  @Override
  protected void countInline() {
    inline.add(1);
  }

  @Override
  protected LookTable looks() {
    return kernel.looks();
  }

  @Override
  protected @Nullable Awaiter awaiter() {
    if (awaiter == null) {
      awaiter = kernel.newAwaiter();
    }
    return awaiter;
  }

  @Override
  protected boolean spareReady() {
    return kernel.spareReady();
  }

  // ---- the carrier's side

  /** Runs the user until it asks for calls (true), or waits or ends (false). */
  boolean resume(Thread by) {
    carrier = by;
    Runnable user = continuation;
    if (!requested && user != null) {
      user.run();
    }
    if (requested) {
      requested = false;
      return true;
    }
    stop();
    return false;
  }

  /** The carrier is not active any more: the calls that the task asks for are another's to make. */
  void requeue() {
    requested = true;
    goOn();
  }

  /**
   * A call has been handed over, and whoever took it over is not active: the user waits its turn.
   */
  void goOn() {
    state = READY;
    kernel.scheduler().execute(this);
  }

  private void stop() {
    if (!STATE.compareAndSet(this, RUNNING, IDLE)) {
      state = READY;
      kernel.scheduler().execute(this);
    }
  }

  /** Runs the task on a thread that is no carrier, since the scheduler was closed: calls block. */
  @Override
  public void run() {
    taken();
    while (resume(Thread.currentThread())) {
      int _ = onOwnStack();
    }
  }

  LinuxKernel kernel() {
    return kernel;
  }

  /** A carrier has taken this task out of the queue. */
  void taken() {
    state = RUNNING;
  }

  long slot() {
    return slot;
  }

  long end() {
    return end;
  }

  /** Makes the calls that the task asks for: one of {@link Native}'s RUN_ results. */
  int makeCalls(long on, @Nullable CarrierCall timed) {
    return makeCalls(on, slot, end, timed);
  }

  /** Makes some of them. */
  int makeCalls(long on, long first, long last, @Nullable CarrierCall timed) {
    Memory.putLong(on + CallRecord.LOOK, looks().address());
    return CallRunner.run(on, first, last, forced, submission, timed);
  }

  Submission submission() {
    return submission;
  }

  /** The calls were not taken over: tells the task; how many have completed inline. */
  int settled(int how, long on) {
    submission.disarm();
    int inline = CallRunner.inline(on, slot);
    accepted = CallRunner.accepted(how, inline);
    outcome = CallRunner.outcome(how);
    if (how == Native.RUN_132) {
      completeOwn132(Memory.getLong(on + CallRecord.SLOT));
    }
    return inline;
  }

  /** The call at {@code blocked} goes on without this task. */
  void handedOver(long blocked) {
    looks().waited(blocked);
    accepted = handedOver(slot, blocked, kernel.blank());
  }

  // ---- everybody's side

  /** The JDK submits a continuation: ours, or that of a thread which the task has started. */
  @Override
  public void execute(Runnable submitted) {
    if (continuation == null) {
      continuation = submitted;
    }
    if (submitted != continuation) {
      kernel.scheduler().execute(submitted);
    } else if (!(requested && Thread.currentThread() == carrier)) {
      submitted();
    }
  }

  private void submitted() {
    for (; ; ) {
      int now = state;
      if (now == READY || now == NOTED) {
        return;
      }
      if (STATE.compareAndSet(this, now, now == IDLE ? READY : NOTED)) {
        if (now == IDLE) {
          kernel.scheduler().execute(this);
        }
        return;
      }
    }
  }
}
