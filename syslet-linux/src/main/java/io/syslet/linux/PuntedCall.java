package io.syslet.linux;

import io.syslet.CallSlots;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Program;
import io.syslet.kernel.StayedBehind;
import io.syslet.kernel.Submission;
import io.syslet.kernel.ThreadCall;
import io.syslet.kernel.reactor.CallRegisters;
import io.syslet.ring.Memory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A call that was answered −ESYSLETPENDING before it was made; a {@link Helper} makes it, or a
 * worker of the kernel where there is none.
 *
 * <pre>
 *   FREE      --task: punt--------------------> PENDING    queued, later in a helper's hands
 *   PENDING   --helper: the call has ended----> FREE       the completion is the helper's to post
 *   PENDING   --whoever closes----------------> CANCELING  to post it in the helper's place
 *   CANCELING --whoever closes: posted--------> CANCELED   the helper posts nothing
 *   CANCELED  --helper: back from the call----> FREE
 * </pre>
 *
 * A wish that the call end finds its helper by the thread id. The helper stores that before it
 * looks for a wish, and who wishes leaves the wish before the id is read: one sees the other.
 */
final class PuntedCall extends ThreadCall implements Runnable, StayedBehind {
  private static final int FREE = 0;
  private static final int PENDING = 1;
  private static final int CANCELING = 2;
  private static final int CANCELED = 3;

  private final LinuxKernel kernel;
  private final CallRegisters call = new CallRegisters();
  private final AtomicInteger state = new AtomicInteger();
  private Submission submission = new Submission();
  private volatile long threadId;

  PuntedCall(LinuxKernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Takes up the call at {@code slot}, by its task.
   *
   * @param of what it completes by.
   * @return what the task's next call is to complete by.
   */
  Submission begin(long slot, Submission of) {
    call.load(slot);
    long callerData = Memory.getLong(slot + CallSlots.PARAMS + Params.CALLER_DATA);
    of.arm(callerData);
    handedOver(begin(), slot, of.target(), callerData);
    Submission blank = submission;
    submission = of;
    state.set(PENDING);
    return blank;
  }

  /** Makes the call, on the current thread. */
  @Override
  public void run() {
    threadId = tid();
    int unwanted = asked();
    long status = unwanted != 0 ? -unwanted : settled(call.make(kernel.door));
    kernel.ending.ended(this, submission, callerData(), status);
    threadId = 0;
    kernel.punts.give(this);
  }

  private static long tid() {
    return Thread.currentThread() instanceof Helper helper
        ? helper.tid()
        : Native.syscall(Nr.GETTID, 0, 0, 0, 0, 0, 0);
  }

  @Override
  public boolean isCanceled() {
    return state.get() != PENDING;
  }

  @Override
  public long next(Submission program) {
    throw new IllegalStateException("programs are not punted");
  }

  @Override
  public void post(Submission of, long callerData, long status) {
    end(status);
    if (state.compareAndSet(PENDING, FREE)) {
      of.complete(callerData, status);
    }
    while (state.get() == CANCELING) {
      Thread.onSpinWait();
    }
  }

  @Override
  public boolean launch(Program frame) {
    return kernel.launch(frame);
  }

  /** Completes the call in its helper's place, if it is pending. Any thread may. */
  void cancel(long status) {
    if (state.compareAndSet(PENDING, CANCELING)) {
      submission.complete(callerData(), status);
      state.set(CANCELED);
    }
  }

  /** Interrupts a call that was canceled and has not returned. Any thread may. */
  void interrupt() {
    if (state.get() == CANCELED) {
      signal();
    }
  }

  @Override
  protected void signal() {
    long helper = threadId;
    if (helper != 0) {
      boolean _ = Interrupter.interrupt(helper);
    }
  }

  @Override
  protected void flush() {
    Native.syscall(Nr.GETPPID, 0, 0, 0, 0, 0, 0);
  }
}
