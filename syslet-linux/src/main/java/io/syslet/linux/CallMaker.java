package io.syslet.linux;

import io.syslet.CallSlots;
import io.syslet.Nr;
import io.syslet.Program;
import io.syslet.kernel.Alarm;
import io.syslet.kernel.Awaiter;
import io.syslet.kernel.CallRecord;
import io.syslet.kernel.StayedBehind;
import io.syslet.kernel.Submission;
import io.syslet.linux.events.Events;
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

  /** Records the call that it makes, if that is wanted. Written before current is. */
  private @Nullable CallRecorder recorder;

  /** Whose call it stayed behind in last. */
  private @Nullable LinuxKernel owner;

  private @Nullable Awaiter awaiter;

  /** Whether the last call that it made was taken over. */
  private boolean isBehind;

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

  /**
   * Makes the calls that a task asks for: whether none has been taken over. What fails here for
   * want of memory or of threads, fails in the task.
   */
  boolean make(LinuxTask caller) {
    isBehind = false;
    try {
      makeInTime(caller);
    } catch (RuntimeException | Error e) {
      if (isBehind) {
        throw e;
      }
      caller.submission().disarm();
      caller.failure.set(e);
    }
    return !isBehind;
  }

  private void makeInTime(LinuxTask caller) {
    Submission submission = caller.submission();
    if (Events.blocking() || recorder != null) {
      recorder = recorderOf(caller);
    }
    current = submission;
    long deadline = submission.deadline();
    if (deadline == 0) {
      pending.begin();
      make(caller, submission, null);
      return;
    }
    long turn = pending.begin(caller.slot());
    Alarm alarm = caller.kernel().alarms().at(pending, turn, deadline);
    try {
      make(caller, submission, pending);
    } finally {
      alarm.disarm();
    }
  }

  private void make(LinuxTask caller, Submission submission, @Nullable CarrierCall timed) {
    long first = caller.slot();
    CallRecorder recorded = recorder;
    int how =
        recorded != null && Events.calls()
            ? makeEach(caller, timed, recorded)
            : caller.makeCalls(record, timed);
    if (how == Native.RUN_STOLEN) {
      isBehind = true;
      if (recorded != null) {
        recorded.returned(Memory.getLong(record + CallRecord.STATUS));
      }
      CarrierRecord.addInline(record, CallRunner.inline(record, first));
      stayBehind(submission, caller.kernel());
      return;
    }
    int made = caller.settled(how, record);
    CarrierRecord.addInline(record, made);
    sinceSample += Math.max(made, 1);
    if (sinceSample >= SAMPLE) {
      sample(caller.kernel(), caller.id(), 0);
    }
  }

  private @Nullable CallRecorder recorderOf(LinuxTask caller) {
    if (!Events.blocking()) {
      return null;
    }
    CallRecorder used = recorder == null ? new CallRecorder() : recorder;
    used.begin(caller.id());
    return used;
  }

  /** Makes the calls one at a time, as they are to be recorded. */
  private int makeEach(LinuxTask caller, @Nullable CarrierCall timed, CallRecorder recorded) {
    int how = Native.RUN_DONE;
    for (long at = caller.slot(); at != caller.end() && how == Native.RUN_DONE; ) {
      recorded.begin(caller.id());
      how = caller.makeCalls(record, at, at + CallSlots.LENGTH, timed);
      if (how == Native.RUN_DONE && recorded.ended(at)) {
        sample(caller.kernel(), caller.id(), at);
      }
      at += CallSlots.LENGTH;
    }
    return how;
  }

  /** Its user is gone, and nobody looks at its call any more. */
  void leftBehind() {
    if (recorder != null) {
      recorder.over();
    }
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
  void handedOver(LinuxTask user, Thread from) {
    long slot = Memory.getLong(record + CallRecord.SLOT);
    long callerData = Memory.getLong(record + CallRecord.CALLER_DATA);
    pending.handedOver(pending.begun(), slot, user.submission().target(), callerData);
    if (recorder != null) {
      recorder.handedOver(slot, from, user.kernel().counters.inFlight() + 1);
    }
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
      awaiter = Objects.requireNonNull(owner).newAwaiter(0);
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
        : pending.settled(Objects.requireNonNull(owner).door.call(program.call()));
  }

  @Override
  public void post(Submission of, long callerData, long status) {
    Memory.putLong(record + CallRecord.CALLER_DATA, callerData);
    pending.end(status);
    CallRecorder recorded = recorder;
    if (recorded != null) {
      recorded.completes();
    }
    if (CallRecord.end(record)) {
      of.complete(callerData, status);
    }
    if (recorded != null) {
      long inFlight = Objects.requireNonNull(owner).counters.inFlight();
      recorded.completed(of, callerData, status, inFlight);
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

  /** A turn with a task ends. */
  void end(LinuxTask task) {
    sample(task.kernel(), task.id(), 0);
  }

  /** Counts what slept since the last look and was not handed over; in a slot's call, if not 0. */
  private void sample(LinuxKernel kernel, long task, long slot) {
    long now = voluntarySwitches();
    if (now != switches) {
      kernel.counters.missed.add(now - switches);
      if (Events.blocking()) {
        CallRecorder.missed(task, slot, now - switches);
      }
    }
    switches = now;
    sinceSample = 0;
    kernel.punts.look();
  }

  /** How often the calling thread, which runs on this carrier, has slept so far; 0 if unknown. */
  long voluntarySwitches() {
    long usage = record + CallRecord.SCRATCH;
    long answer = Native.syscall(Nr.GETRUSAGE, RUSAGE_THREAD, usage, 0, 0, 0, 0);
    return answer < 0 ? 0 : Memory.getLong(usage + RU_NVCSW);
  }
}
