package io.syslet.linux;

import io.syslet.kernel.CallRecord;
import io.syslet.ring.Memory;

/**
 * A carrier that lost its processor for good while it ran a task. It looks whether it holds one
 * before it makes a call, but not while: it may have looked just before, and no sentinel sees its
 * call.
 *
 * <pre>
 *   carrier                         another
 *   wakes up                        (has seen it sleep)
 *   active == me? yes
 *                                   takes the processor
 *   seq odd; the call sleeps        the sysmon sees that seq here, and claims the call
 * </pre>
 *
 * So it is watched until it has ended its turn with the task. The turn is read after the processor
 * was taken, so it is that turn or a later one; to be watched in a later one as well does no harm.
 * Read before, it may be an earlier one, and the call would sleep unseen. Made by whoever takes;
 * read by the sysmon.
 */
final class Replaced {
  final long record;
  private final int turn;
  private long seen;

  Replaced(long record) {
    this.record = record;
    this.turn = CarrierRecord.turn(record);
  }

  /** Whether it cannot be in a call any more that needs to be watched. */
  boolean isOver() {
    return CarrierRecord.turn(record) != turn || CallRecord.isPending(record);
  }

  /** Its seq if it is in the call that it was in at the last look, or 0. */
  long sameCall() {
    long seq = Memory.getLongAcquire(record + CallRecord.SEQ);
    boolean still = seq == seen && (seq & 1) != 0 && (seq & CallRecord.CLAIMED) == 0;
    seen = seq;
    return still ? seq : 0;
  }
}
