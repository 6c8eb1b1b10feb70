package io.syslet.linux;

import java.lang.foreign.Arena;

/** For how long a CPU had nothing to run, by proc(5)'s stat. For one thread at a time. */
final class IdleTime {
  /** Nanoseconds of a tick of the file. */
  static final long TICK_NANOS = 10_000_000;

  private static final int LENGTH = 64 << 10;
  private static final int IDLE = 4;

  private final ProcFile stat;

  IdleTime(Arena arena) {
    stat = new ProcFile(arena, "/proc/stat", LENGTH);
  }

  /** Ticks in which a CPU was idle, or waited for a device, since the start; −1 if not known. */
  long ticks(int cpu) {
    return ticks(stat.read(), cpu);
  }

  static long ticks(String stat, int cpu) {
    String name = "\ncpu" + cpu + " ";
    int at = stat.indexOf(name);
    int end = stat.indexOf('\n', at + 1);
    if (at < 0 || end < 0) {
      return -1;
    }
    String[] words = stat.substring(at + 1, end).split(" ", -1);
    return Long.parseLong(words[IDLE]) + Long.parseLong(words[IDLE + 1]);
  }
}
