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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A task: a virtual thread of which this is the scheduler.
 *
 * <p>Whether its continuation may run says {@link RunState}.
 *
 * <p>When a call is handed over, ownership of RUNNING passes with it, by the CAS on the record's
 * seq, and the carrier that stays behind never touches the task again.
 */
final class LinuxTask extends SysletTask implements Executor, Runnable {

  private final LinuxKernel kernel;
  private final long record;
  private final Thread thread;
  private final TaskEnd ended = new TaskEnd();

  private final RunState state = new RunState();

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

  /** Of the calls that it asked for last. */
  final TaskFailure failure = new TaskFailure();

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
    boolean several = last - first > CallSlots.LENGTH;
    PuntedCall punted = several ? kernel.punts.take(first, submission) : null;
    if (punted != null) {
      accepted = handedOver(first, first, punted.begin(first, submission));
      kernel.punts.submit(punted);
      return accepted;
    }
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
    failure.rethrow();
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
    return kernel.door.call(at);
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
      awaiter = kernel.newAwaiter(id());
    }
    return awaiter;
  }

  @Override
  protected boolean hasClock() {
    return kernel.alarms().isReady();
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
    state.ready();
    kernel.scheduler().execute(this);
  }

  private void stop() {
    if (!state.stops()) {
      goOn();
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
    state.taken();
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
    if (state.submitted()) {
      kernel.scheduler().execute(this);
    }
  }
}
