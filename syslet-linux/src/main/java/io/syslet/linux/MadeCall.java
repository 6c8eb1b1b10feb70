package io.syslet.linux;

import io.syslet.CString;
import io.syslet.Nr;
import io.syslet.Registers;
import io.syslet.Sys;
import io.syslet.kernel.CheckedMemory;
import io.syslet.ring.Memory;
import io.syslet.table.ArgumentKind;
import io.syslet.table.CallEntry;
import io.syslet.table.CallTable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A call, for people.
 *
 * @param name what it is called.
 * @param path its first path, with that of the descriptor it is relative to before it; or what its
 *     descriptor is of; null if it has neither, or what is said to be a path is none.
 */
record MadeCall(String name, @Nullable String path) {

  /** The call in a slot, whose arguments are still as they were when it was made. */
  static MadeCall at(long slot) {
    long nr = Memory.getLong(slot);
    CallEntry entry = CallTable.entry(nr);
    return entry == null
        ? new MadeCall("call " + nr, null)
        : new MadeCall(entry.name(), path(entry, slot));
  }

  private static @Nullable String path(CallEntry entry, long slot) {
    String folder = null;
    for (int i = 0; i < entry.argumentCount(); i++) {
      long value = Memory.getLong(slot + Registers.argument(i));
      ArgumentKind kind = entry.argument(i).kind();
      if (kind == ArgumentKind.PATH && value != 0) {
        String path = string(value);
        return path == null ? null : join(folder, path);
      }
      if (kind == ArgumentKind.FD && folder == null) {
        folder = link((int) value);
      }
    }
    return folder;
  }

  private static String join(@Nullable String folder, String path) {
    if (folder == null || path.startsWith("/")) {
      return path;
    }
    return path.isEmpty() ? folder : folder + (folder.endsWith("/") ? "" : "/") + path;
  }

  private static @Nullable String string(long address) {
    try (Arena arena = Arena.ofConfined()) {
      long copy = arena.allocate(CString.PATH_MAX).address();
      int length = new CheckedMemory(arena).readString(address, copy, CString.PATH_MAX);
      return length < 0 ? null : text(copy, length);
    }
  }

  private static @Nullable String link(int descriptor) {
    if (descriptor < 0) {
      return null;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom("/proc/self/fd/" + descriptor);
      long target = arena.allocate(CString.PATH_MAX).address();
      long length =
          Native.syscall(
              Nr.READLINKAT, Sys.AT_FDCWD, name.address(), target, CString.PATH_MAX, 0, 0);
      return length < 0 ? null : text(target, (int) length);
    }
  }

  private static String text(long address, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = Memory.getByte(address + i);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
