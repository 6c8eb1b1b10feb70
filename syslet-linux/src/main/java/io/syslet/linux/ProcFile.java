package io.syslet.linux;

import io.syslet.CString;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;

/** A small file in proc(5) or sysfs(5), read by system calls alone. For one thread at a time. */
final class ProcFile {
  private static final int LENGTH = 1024;

  private final long path;
  private final long buffer;
  private final int most;

  /** A file that need not be there, and is short. */
  ProcFile(Arena arena, String name) {
    this(arena, name, LENGTH);
  }

  /**
   * A file that need not be there.
   *
   * @param most bytes that are read of it.
   */
  ProcFile(Arena arena, String name, int most) {
    this.most = most;
    path = CString.allocate(arena, name);
    buffer = arena.allocate(most, 8).address();
  }

  /** How it begins; empty if it cannot be read. */
  String read() {
    long fd = Native.syscall(Nr.OPENAT, Sys.AT_FDCWD, path, Sys.O_CLOEXEC, 0, 0, 0);
    if (fd < 0) {
      return "";
    }
    long length = Native.syscall(Nr.READ, fd, buffer, most, 0, 0, 0);
    Native.syscall(Nr.CLOSE, fd, 0, 0, 0, 0, 0);
    byte[] text = new byte[(int) Math.max(length, 0)];
    for (int i = 0; i < text.length; i++) {
      text[i] = Memory.getByte(buffer + i);
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }
}
