package io.syslet.linux;

import io.syslet.Nr;
import io.syslet.kernel.CallRecord;
import io.syslet.kernel.Submission;
import io.syslet.ring.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The part of a carrier that makes the calls of a task, and stays behind in one that blocks. For
 * the carrier's own thread, but where a method says otherwise.
 */
final class CallMaker {
  private static final int RUSAGE_THREAD = 1;
  private static final int RU_NVCSW = 128;
  private static final int SAMPLE = 32;

  private static final VarHandle INLINE = counter();

  private final long record;
  private volatile @Nullable Submission current;

  @SuppressWarnings("unused")
  private long inline;

  private long switches;
  private int sinceSample;

  CallMaker(long record) {
    this.record = record;
  }

  /** Calls completed inline so far. Any thread may read. */
  long inline() {
    return (long) INLINE.getOpaque(this);
  }

  /** A turn with a task begins: what has slept before does not count. */
  void begin() {
    switches = voluntarySwitches();
    sinceSample = 0;
  }

  /** Makes the calls that a task asks for: whether none has been taken over. */
  boolean make(LinuxTask caller) {
    Submission submission = caller.submission();
    current = submission;
    long first = caller.slot();
    int how = caller.makeCalls(record);
    if (how == Native.RUN_STOLEN) {
      INLINE.setOpaque(this, inline + CallRunner.inline(record, first));
      stayBehind(submission, caller.kernel());
      return false;
    }
    int made = caller.settled(how, record);
    INLINE.setOpaque(this, inline + made);
    sinceSample += Math.max(made, 1);
    if (sinceSample >= SAMPLE) {
      sample(caller.kernel());
    }
    return true;
  }

  /** The other half of post: the call of a user who went on without us has ended. */
  private void stayBehind(Submission submission, LinuxKernel kernel) {
    long ip = submission.ip();
    long sp = submission.sp();
    if (voluntarySwitches() == switches) {
      kernel.counters.falseHandOvers.increment();
    }
    long status = rest(submission, Memory.getLong(record + CallRecord.STATUS), kernel);
    kernel.counters.ended();
    if (CallRecord.end(record)) {
      submission.complete(Memory.getLong(record + CallRecord.CALLER_DATA), status);
    }
    current = null;
    submission.endProgram();
    submission.frame(0, 0);
    kernel.recycle(submission);
    if (ip != 0) {
      kernel.enterFrame(ip, sp);
    }
  }

  /**
   * Makes what comes after the call in its program, if it is one's: the status to complete with.
   */
  private long rest(Submission submission, long first, LinuxKernel kernel) {
    if (!submission.isProgram()) {
      return first;
    }
    long status = first;
    while (CallRecord.isPending(record) && submission.another(status)) {
      Memory.putLong(record + CallRecord.CALLER_DATA, submission.callerData());
      status = kernel.plainly(submission.call());
    }
    Memory.putLong(record + CallRecord.CALLER_DATA, submission.callerData());
    return submission.status();
  }

  /** Completes the pending call, if there is one, in the carrier's place. Any thread may. */
  boolean cancel(long status) {
    Submission submission = current;
    long callerData = Memory.getLong(record + CallRecord.CALLER_DATA);
    if (submission == null || !CallRecord.cancel(record)) {
      return false;
    }
    submission.complete(callerData, status);
    return true;
  }

  /** Counts what slept since the last look and was not handed over. */
  void sample(LinuxKernel kernel) {
    long now = voluntarySwitches();
    if (now != switches) {
      kernel.counters.missed.add(now - switches);
    }
    switches = now;
    sinceSample = 0;
  }

  /** How often the calling thread, which runs on this carrier, has slept so far. */
  long voluntarySwitches() {
    long usage = record + CallRecord.SCRATCH;
    Native.syscall(Nr.GETRUSAGE, RUSAGE_THREAD, usage, 0, 0, 0, 0);
    return Memory.getLong(usage + RU_NVCSW);
  }

  private static VarHandle counter() {
    try {
      return MethodHandles.lookup().findVarHandle(CallMaker.class, "inline", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
