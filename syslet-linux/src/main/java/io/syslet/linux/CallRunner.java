package io.syslet.linux;

import io.syslet.CallSlots;
import io.syslet.Params;
import io.syslet.Syslet;
import io.syslet.kernel.CallRecord;
import io.syslet.kernel.Submission;
import io.syslet.kernel.SysletTask;
import io.syslet.ring.Memory;

/** Runs calls on a record, and says how it went. */
final class CallRunner {
  private CallRunner() {}

  /**
   * Makes the calls from slot to end, or of the program that the one slot belongs to: one of {@link
   * Native}'s RUN_ results.
   */
  static int run(long record, long slot, long end, boolean forced, Submission submission) {
    int how = once(record, slot, end, forced, submission);
    return how != Native.RUN_STOLEN && submission.isProgram()
        ? program(how, record, slot, submission)
        : how;
  }

  /** The call at {@code slot} has ended: makes those that come after it in its program. */
  private static int program(int first, long record, long slot, Submission submission) {
    long end = slot + CallSlots.LENGTH;
    int how = first;
    while (how != Native.RUN_STOLEN && submission.another(status(how, slot))) {
      how = once(record, slot, end, true, submission);
    }
    if (how == Native.RUN_STOLEN) {
      return how;
    }
    Memory.putLong(record + CallRecord.SLOT, end);
    return Native.RUN_DONE;
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
