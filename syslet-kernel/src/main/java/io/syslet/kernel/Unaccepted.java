package io.syslet.kernel;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.ring.Memory;

/**
 * The statuses of slots that a batch did not accept: −EAGAIN, since their calls were not made; but
 * the first slot's own −errno if that was refused. So none can be taken for pending.
 */
public final class Unaccepted {
  private Unaccepted() {}

  /**
   * Marks what a batch did not accept.
   *
   * @param slot address of the first slot.
   * @param count how many slots were submitted.
   * @param result what the entry returns: how many it accepted, or −errno.
   * @return the result.
   */
  static int mark(long slot, int count, int result) {
    for (int i = Math.max(result, 0); i < count; i++) {
      long status = i == 0 ? result : -Errno.EAGAIN;
      Memory.putLong(slot + (long) i * CallSlots.LENGTH + CallSlots.STATUS, status);
    }
    return result;
  }

  /**
   * Refuses a whole batch.
   *
   * @param error −errno.
   * @return the error; −EINVAL for slots beyond the array or freed.
   */
  public static int refuse(CallSlots slots, int first, int count, int error) {
    boolean inside = (first | count) >= 0 && first <= slots.capacity() - count;
    return inside && slots.isAlive() ? mark(slots.slot(first), count, error) : -Errno.EINVAL;
  }
}
