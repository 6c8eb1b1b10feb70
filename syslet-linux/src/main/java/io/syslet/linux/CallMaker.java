package io.syslet.linux;

import io.syslet.Nr;
import io.syslet.Program;
import io.syslet.kernel.Alarm;
import io.syslet.kernel.Awaiter;
import io.syslet.kernel.CallRecord;
import io.syslet.kernel.StayedBehind;
import io.syslet.kernel.Submission;
import io.syslet.ring.Memory;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of a carrier that makes the calls of a task, and stays behind in one that blocks. For
 * the carrier's own thread, but where a method says otherwise.
 */
final class CallMaker implements StayedBehind {
  private static final int RUSAGE_THREAD = 1;
  private static final int RU_NVCSW = 128;
  private static final int SAMPLE = 32;

  /** What others see of the call that it makes. */
  final CarrierCall pending = new CarrierCall();

  private final long record;
  private volatile @Nullable Submission current;

  /** Whose call it stayed behind in last. */
  private @Nullable LinuxKernel owner;

  private @Nullable Awaiter awaiter;

  private long switches;
  private int sinceSample;

  CallMaker(long record) {
    this.record = record;
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
    long turn = pending.begin();
    long deadline = submission.deadline();
    if (deadline == 0) {
      return make(caller, submission, null);
    }
    Alarm alarm = caller.kernel().alarms().at(pending, turn, deadline);
    try {
      return make(caller, submission, pending);
    } finally {
      alarm.disarm();
    }
  }

  private boolean make(LinuxTask caller, Submission submission, @Nullable CarrierCall timed) {
    long first = caller.slot();
    int how = caller.makeCalls(record, timed);
    if (how == Native.RUN_STOLEN) {
      CarrierRecord.addInline(record, CallRunner.inline(record, first));
      stayBehind(submission, caller.kernel());
      return false;
    }
    int made = caller.settled(how, record);
    CarrierRecord.addInline(record, made);
    sinceSample += Math.max(made, 1);
    if (sinceSample >= SAMPLE) {
      sample(caller.kernel());
    }
    return true;
  }

  /** The other half of post: the call of a user who went on without us has ended. */
  private void stayBehind(Submission submission, LinuxKernel kernel) {
    if (voluntarySwitches() == switches) {
      kernel.counters.falseHandOvers.increment();
    }
    if (owner != kernel) {
      owner = kernel;
      awaiter = null;
    }
    long callerData = Memory.getLong(record + CallRecord.CALLER_DATA);
    long status = Memory.getLong(record + CallRecord.STATUS);
    if (kernel.ending.ended(this, submission, callerData, status)) {
      kernel.recycle(submission);
    }
  }

  /** Its call goes on without the user, whose submission this still is. By who takes over. */
  void handedOver(LinuxTask user) {
    long slot = Memory.getLong(record + CallRecord.SLOT);
    long callerData = Memory.getLong(record + CallRecord.CALLER_DATA);
    pending.handedOver(pending.begun(), slot, user.submission().target(), callerData);
  }

  @Override
  public int asked() {
    return pending.asked();
  }

  @Override
  public long settled(long status) {
    return pending.settled(status);
  }

  @Override
  public boolean isCanceled() {
    return !CallRecord.isPending(record);
  }

  @Override
  public @Nullable Awaiter awaiter() {
    if (awaiter == null) {
      awaiter = Objects.requireNonNull(owner).newAwaiter();
    }
    return awaiter;
  }

  @Override
  public boolean letsGo() {
    return pending.leaves() && CallRecord.leave(record);
  }

  @Override
  public long next(Submission program) {
    long callerData = program.callerData();
    Memory.putLong(record + CallRecord.CALLER_DATA, callerData);
    int unwanted = pending.next(program.call(), program.target(), callerData);
    return unwanted != 0
        ? -unwanted
        : pending.settled(Objects.requireNonNull(owner).plainly(program.call()));
  }

  @Override
  public void post(Submission of, long callerData, long status) {
    Memory.putLong(record + CallRecord.CALLER_DATA, callerData);
    pending.end(status);
    if (CallRecord.end(record)) {
      of.complete(callerData, status);
    }
    current = null;
  }

  @Override
  public boolean launch(Program frame) {
    return Objects.requireNonNull(owner).launch(frame);
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
}
