package io.syslet.linux;

import io.syslet.CallSlots;
import io.syslet.Params;
import io.syslet.Syslet;
import io.syslet.kernel.Alarm;
import io.syslet.kernel.CallRecord;
import io.syslet.kernel.LookTable;
import io.syslet.kernel.Submission;
import io.syslet.kernel.SysletTask;
import io.syslet.ring.Memory;
import org.jspecify.annotations.Nullable;

/** Runs calls on a record, and says how it went. */
final class CallRunner {
  private CallRunner() {}

  /**
   * Makes the calls from slot to end, or of the program that the one slot belongs to: one of {@link
   * Native}'s RUN_ results.
   */
  static int run(
      long record,
      long slot,
      long end,
      boolean forced,
      Submission submission,
      @Nullable CarrierCall timed) {
    int how = once(record, slot, end, forced, submission);
    if (how == Native.RUN_STOLEN) {
      return how;
    }
    int ended = submission.isProgram() ? program(how, record, slot, submission, timed) : how;
    if (timed != null) {
      end(slot, timed);
    }
    return ended;
  }

  /** A call with a deadline, or a program, has ended where its user is. */
  private static void end(long slot, CarrierCall timed) {
    long status = timed.settled(Memory.getLong(slot + CallSlots.STATUS));
    timed.end(status);
    Memory.putLong(slot + CallSlots.STATUS, status);
  }

  /** {@link #run} with the user's frames in place: a deadline interrupts the current thread. */
  static int runHere(
      LinuxKernel kernel, long record, long slot, long end, boolean forced, Submission submission) {
    if (submission.deadline() == 0) {
      return run(record, slot, end, forced, submission, null);
    }
    CarrierCall here = CarrierCall.here();
    Alarm alarm = kernel.alarms().at(here, here.begin(slot), submission.deadline());
    try {
      return run(record, slot, end, forced, submission, here);
    } finally {
      alarm.disarm();
    }
  }

  private static boolean mayWait(long record, long slot) {
    LookTable waiting = LookTable.waiting();
    return Memory.getLong(record + CallRecord.LOOK) == waiting.address() && waiting.mayWait(slot);
  }

  /**
   * The call at {@code slot} has ended: makes those that come after it in its program, up to one
   * that may wait without a worker.
   */
  private static int program(
      int first, long record, long slot, Submission submission, @Nullable CarrierCall timed) {
    long end = slot + CallSlots.LENGTH;
    int how = first;
    while (how != Native.RUN_STOLEN && another(status(how, slot), submission, timed)) {
      if (mayWait(record, slot)) {
        Memory.putLong(record + CallRecord.SLOT, slot);
        return Native.RUN_LOOK;
      }
      how = once(record, slot, end, true, submission);
    }
    if (how == Native.RUN_STOLEN) {
      return how;
    }
    Memory.putLong(record + CallRecord.SLOT, end);
    return Native.RUN_DONE;
  }

  private static boolean another(long status, Submission submission, @Nullable CarrierCall timed) {
    return timed == null
        ? submission.another(status)
        : submission.another(timed.settled(status), timed.asked());
  }

  private static long status(int how, long slot) {
    return how == Native.RUN_132 ? -Syslet.ESYSLETPENDING : Memory.getLong(slot + CallSlots.STATUS);
  }

  private static int once(long record, long slot, long end, boolean forced, Submission submission) {
    Memory.putLong(record + CallRecord.SLOT, slot);
    Memory.putLong(record + CallRecord.END, end);
    Memory.putLong(record + CallRecord.RING, submission.ringAddress());
    Memory.putLong(record + CallRecord.ENTRY_CALLER_DATA, submission.entryCallerData());
    submission.arm(Memory.getLong(slot + CallSlots.PARAMS + Params.CALLER_DATA));
    return Native.run(record, forced);
  }

  /** How many calls of a run have completed inline. */
  static int inline(long record, long first) {
    return (int) ((Memory.getLong(record + CallRecord.SLOT) - first) / CallSlots.LENGTH);
  }

  /** How many calls of a run were accepted, given how many completed inline. */
  static int accepted(int how, int inline) {
    return how == Native.RUN_132 ? inline + 1 : inline;
  }

  /** The outcome as the task's entry knows it. */
  static int outcome(int how) {
    return switch (how) {
      case Native.RUN_DONE -> SysletTask.DONE;
      case Native.RUN_132 -> SysletTask.PENDING;
      default -> SysletTask.LOOK;
    };
  }
}
