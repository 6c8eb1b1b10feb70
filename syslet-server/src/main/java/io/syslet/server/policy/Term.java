package io.syslet.server.policy;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Params;
import io.syslet.ring.Memory;

/** How long a call may take, and whether somebody wants it to end. The poller's alone. */
final class Term {
  private boolean isUnwanted;
  private boolean isTimed;
  private long end;

  /** A call begins that may take as long as it likes. */
  void begin() {
    isUnwanted = false;
    isTimed = false;
  }

  /** It has so many nanoseconds from now on, 0 or more. */
  void within(long nanos) {
    isTimed = true;
    end = Waiting.deadline(nanos);
  }

  /** It is to end: whether nobody has wanted that before. */
  boolean ask() {
    boolean isFirst = !isUnwanted;
    isUnwanted = true;
    return isFirst;
  }

  /** The errno with which it is to end; 0 if it need not. */
  int error() {
    if (isUnwanted) {
      return Errno.ECANCELED;
    }
    return isTimed && Waiting.left(end) == 0 ? Errno.ETIMEDOUT : 0;
  }

  /** Gives the host call of a slot the time that is left. */
  void limit(long slot) {
    if (isTimed || Memory.getInt(slot + CallSlots.PARAMS + Params.TARGET) != 0) {
      CallSlots.setDeadline(slot, isTimed ? Waiting.left(end) : -1);
    }
  }
}
