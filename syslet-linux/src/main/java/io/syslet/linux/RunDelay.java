package io.syslet.linux;

import java.lang.foreign.Arena;

/** How long a thread has waited for a CPU, by proc(5)'s schedstat. */
final class RunDelay {
  /** The part of a thread's life, but for its sleeps, that is long to wait for a CPU. */
  private static final double LONG = 0.3;

  private RunDelay() {}

  /** Whether the calling thread has waited for long, beside what it ran; false if not known. */
  static boolean isLong() {
    try (Arena arena = Arena.ofConfined()) {
      return isLong(new ProcFile(arena, "/proc/thread-self/schedstat").read());
    }
  }

  /**
   * Whether a thread has waited for long.
   *
   * @param schedstat nanoseconds that it ran, nanoseconds that it waited, turns.
   */
  static boolean isLong(String schedstat) {
    String[] words = schedstat.trim().split(" ", -1);
    if (words.length < 2) {
      return false;
    }
    double ran = Long.parseLong(words[0]);
    double waited = Long.parseLong(words[1]);
    return waited > LONG * (ran + waited);
  }
}
