package io.syslet.linux;

import io.syslet.kernel.CallRecord;
import io.syslet.ring.Memory;

/**
 * A carrier that activity was taken from while it ran a task. It looks whether it is active before
 * it makes a call, but not while: it may have looked just before, and no sentinel sees its call.
 *
 * <pre>
 *   carrier                         sysmon
 *   wakes up                        (has seen it sleep)
 *   active == me? yes
 *                                   passes active on, to a spare
 *   seq odd; the call sleeps        sees that seq here, and claims the call
 * </pre>
 *
 * So it is watched until it has ended its turn with the task. The turn is read after activity was
 * passed on: in a later one it has seen that. Made by whoever passes; read by the sysmon.
 */
final class Replaced {
  final long record;
  private final Carrier carrier;
  private final int turn;
  private long seen;

  Replaced(Carrier carrier) {
    this.carrier = carrier;
    this.record = carrier.record;
    this.turn = carrier.turns();
  }

  /** Whether it cannot be in a call any more that needs to be watched. */
  boolean isOver() {
    return carrier.turns() != turn || CallRecord.isPending(record);
  }

  /** Its seq if it is in the call that it was in at the last look, or 0. */
  long sameCall() {
    long seq = Memory.getLongAcquire(record + CallRecord.SEQ);
    boolean still = seq == seen && (seq & 1) != 0 && (seq & CallRecord.CLAIMED) == 0;
    seen = seq;
    return still ? seq : 0;
  }
}
