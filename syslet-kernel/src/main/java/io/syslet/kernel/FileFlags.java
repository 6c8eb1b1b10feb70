package io.syslet.kernel;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import io.syslet.table.CallEntry;
import io.syslet.table.CallTable;

/**
 * The file flags of a call's params: what {@code sys_indirect} was made for. They are added to the
 * argument that takes them.
 */
final class FileFlags {
  private static final int KNOWN = Sys.O_CLOEXEC | Sys.O_NONBLOCK;

  private FileFlags() {}

  /** Adds the flags to the call at {@code slot}: 0; −EINVAL for others, or a call without them. */
  static int apply(long slot) {
    int flags = Memory.getInt(slot + CallSlots.PARAMS + Params.FILE_FLAGS);
    if (flags == 0) {
      return 0;
    }
    CallEntry entry = CallTable.entry(Memory.getLong(slot));
    if (entry == null || entry.fileFlagsArgument() < 0 || (flags & ~KNOWN) != 0) {
      return -Errno.EINVAL;
    }
    long argument = slot + Registers.argument(entry.fileFlagsArgument());
    Memory.putLong(argument, Memory.getLong(argument) | flags);
    return 0;
  }
}
