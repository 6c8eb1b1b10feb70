package io.syslet.kernel;

import io.syslet.Nr;
import io.syslet.Registers;
import io.syslet.ring.Memory;
import io.syslet.table.ArgumentKind;
import io.syslet.table.CallEntry;
import io.syslet.table.CallTable;

/**
 * The descriptors that a call names, of which none has more than two: the first in the lower half
 * of a long, the second in the upper one; −1 where there is none.
 */
public final class CallDescriptors {
  /** No descriptor. */
  public static final long NONE = -1;

  private static final int ARGUMENTS = 6;

  private CallDescriptors() {}

  /** Those of the call whose registers are at an address; none of an unknown call. */
  public static long of(long registers) {
    CallEntry entry = CallTable.entry(Memory.getLong(registers));
    long found = NONE;
    for (int i = ARGUMENTS - 1; entry != null && i >= 0; i--) {
      if (i < entry.argumentCount() && entry.argument(i).kind() == ArgumentKind.FD) {
        long fd = Memory.getLong(registers + Registers.argument(i)) & 0xffff_ffffL;
        found = found << 32 | fd;
      }
    }
    return found;
  }

  /** Whether a descriptor, 0 or more, is among them. */
  public static boolean name(long descriptors, int fd) {
    return fd >= 0 && (first(descriptors) == fd || (int) (descriptors >>> 32) == fd);
  }

  /** The first of them, or −1. */
  public static int first(long descriptors) {
    return (int) descriptors;
  }

  /** Whether a call closes a descriptor: such a one is never interrupted. */
  public static boolean closes(long nr) {
    int n = (int) nr;
    return n == (int) Nr.CLOSE
        || n == (int) Nr.CLOSE_RANGE
        || n == (int) Nr.DUP2
        || n == (int) Nr.DUP3;
  }
}
