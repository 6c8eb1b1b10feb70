package io.syslet.linux;

import java.lang.foreign.Arena;

/** Whether a tracer is attached to this process: TracerPid in proc(5)'s status. For one thread. */
final class Tracer {
  private static final String KEY = "TracerPid:\t";

  private final ProcFile status;

  Tracer(Arena arena) {
    status = new ProcFile(arena, "/proc/self/status");
  }

  /** Looks. Where it cannot be read there is none. */
  boolean isThere() {
    String text = status.read();
    int at = text.indexOf(KEY);
    return at >= 0 && text.charAt(at + KEY.length()) != '0';
  }
}
