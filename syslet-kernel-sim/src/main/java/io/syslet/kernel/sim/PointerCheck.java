package io.syslet.kernel.sim;

import io.syslet.CString;
import io.syslet.Nr;
import io.syslet.Registers;
import io.syslet.ring.Memory;
import io.syslet.table.Argument;
import io.syslet.table.ArgumentKind;
import io.syslet.table.CallEntry;
import io.syslet.table.CallTable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a program may use what the pointers of a call name, by the call table. A null pointer is
 * allowed where its manual page says that it stands for "none", and where there are no bytes.
 */
final class PointerCheck {
  private static final int IOV_MAX = 1024;
  private static final int IOVEC_LENGTH = 16;

  /** The least that an address of we know not what points at. */
  private static final int SOMETHING = 4;

  /** Bits of the arguments that may be null, by call. */
  private static final Map<String, Integer> NULLABLE =
      Map.ofEntries(
          Map.entry("nanosleep", 1 << 1),
          Map.entry("clock_nanosleep", 1 << 3),
          Map.entry("clock_getres", 1 << 1),
          Map.entry("gettimeofday", 1 << 0 | 1 << 1),
          Map.entry("utimensat", 1 << 1 | 1 << 2),
          Map.entry("epoll_ctl", 1 << 3),
          Map.entry("epoll_pwait", 1 << 4),
          Map.entry("epoll_pwait2", 1 << 3 | 1 << 4),
          Map.entry("ppoll", 1 << 2 | 1 << 3),
          Map.entry("select", 0b11110),
          Map.entry("pselect6", 0b111110),
          Map.entry("futex", 1 << 3 | 1 << 4),
          Map.entry("prlimit64", 1 << 2 | 1 << 3),
          Map.entry("sendfile", 1 << 2),
          Map.entry("copy_file_range", 1 << 1 | 1 << 3),
          Map.entry("splice", 1 << 1 | 1 << 3),
          Map.entry("timerfd_settime", 1 << 3),
          Map.entry("getcpu", 0b111),
          Map.entry("times", 1),
          Map.entry("mount", 1 << 4));

  private final MappedRanges memory;
  private final @Nullable Integer[] nullable = new @Nullable Integer[CallTable.NUMBERS];

  PointerCheck(MappedRanges memory) {
    this.memory = memory;
  }

  /** Whether a call may be made: false for −EFAULT. */
  boolean allow(CallEntry entry, long registers) {
    for (int i = 0; i < entry.argumentCount(); i++) {
      Argument argument = entry.argument(i);
      if (argument.kind().isPointer() && !allow(entry, registers, i, argument)) {
        return false;
      }
    }
    return true;
  }

  private boolean allow(CallEntry entry, long registers, int i, Argument argument) {
    long address = Memory.getLong(registers + Registers.argument(i));
    if (address == 0 && mayBeNull(entry, i)) {
      return true;
    }
    return switch (argument.kind()) {
      case PATH, STRING -> memory.checkString(address, CString.PATH_MAX) >= 0;
      case IOVEC_IN -> vector(address, entry.length(i, registers), false);
      case IOVEC_OUT -> vector(address, entry.length(i, registers), true);
      case ADDRESS -> isOpen(entry) || address == 0 || memory.check(address, SOMETHING, false) == 0;
      default ->
          countIsThere(argument, registers)
              && memory.check(address, entry.length(i, registers), writes(argument)) == 0;
    };
  }

  /**
   * Whether the meaning of an argument depends on another one, so that the call has to check it.
   */
  private static boolean isOpen(CallEntry entry) {
    int number = entry.number();
    return number == Nr.FUTEX || number == Nr.FCNTL || number == Nr.IOCTL;
  }

  private boolean countIsThere(Argument argument, long registers) {
    if (!argument.countBehindPointer()) {
      return true;
    }
    long count = Memory.getLong(registers + Registers.argument(argument.countArgument()));
    return count == 0 || memory.check(count, Integer.BYTES, true) == 0;
  }

  private static boolean writes(Argument argument) {
    ArgumentKind kind = argument.kind();
    return kind == ArgumentKind.OUT || kind == ArgumentKind.INOUT;
  }

  /** The elements, and what they point at; how many and how long is for the call to judge. */
  private boolean vector(long address, long length, boolean write) {
    if (length > IOV_MAX * IOVEC_LENGTH) {
      return true;
    }
    if (memory.check(address, length, false) < 0) {
      return false;
    }
    for (long at = address; at < address + length; at += IOVEC_LENGTH) {
      long bytes = Memory.getLong(at + 8);
      if (bytes > 0 && memory.check(Memory.getLong(at), bytes, write) < 0) {
        return false;
      }
    }
    return true;
  }

  private boolean mayBeNull(CallEntry entry, int i) {
    Integer known = nullable[entry.number()];
    if (known == null) {
      known = NULLABLE.getOrDefault(entry.name(), 0);
      nullable[entry.number()] = known;
    }
    return (known & 1 << i) != 0;
  }
}
