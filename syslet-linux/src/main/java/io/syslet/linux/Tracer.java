package io.syslet.linux;

import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;

/** Whether a tracer is attached to this process: TracerPid in proc(5)'s status. For one thread. */
final class Tracer {
  private static final int LENGTH = 512;
  private static final String KEY = "TracerPid:\t";

  private final long path;
  private final long buffer;

  Tracer(Arena arena) {
    path = arena.allocateFrom("/proc/self/status").address();
    buffer = arena.allocate(LENGTH, 8).address();
  }

  /** Looks. Where it cannot be read there is none. */
  boolean isThere() {
    long fd = Native.syscall(Nr.OPENAT, Sys.AT_FDCWD, path, Sys.O_CLOEXEC, 0, 0, 0);
    if (fd < 0) {
      return false;
    }
    long length = Native.syscall(Nr.READ, fd, buffer, LENGTH, 0, 0, 0);
    Native.syscall(Nr.CLOSE, fd, 0, 0, 0, 0, 0);
    byte[] text = new byte[(int) Math.max(length, 0)];
    for (int i = 0; i < text.length; i++) {
      text[i] = Memory.getByte(buffer + i);
    }
    return isTraced(new String(text, StandardCharsets.ISO_8859_1));
  }

  private static boolean isTraced(String status) {
    int at = status.indexOf(KEY);
    return at >= 0 && status.charAt(at + KEY.length()) != '0';
  }
}
