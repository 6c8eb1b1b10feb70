package io.syslet.linux;

import io.syslet.Nr;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;

/**
 * How much of the machine's processors other programs use, by proc(5)'s stat and the processor time
 * of this process. For one thread at a time.
 */
final class OtherLoad {
  private static final int CLOCK_PROCESS_CPUTIME_ID = 2;
  private static final long TICK_NANOS = 10_000_000;
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final double UNKNOWN = 1;

  private final long timespec;
  private final ProcFile stat;
  private boolean begun;
  private long own;
  private Ticks all = Ticks.NONE;

  /**
   * What all processors did, in ticks.
   *
   * @param total since the system was started.
   * @param idle of those, idle or waiting for input and output.
   */
  record Ticks(long total, long idle) {
    static final Ticks NONE = new Ticks(0, 0);

    /** Reads the first line of /proc/stat. */
    static Ticks parse(String stat) {
      String[] words = stat.substring(0, stat.indexOf('\n')).trim().split(" +", -1);
      long total = 0;
      // Guests' time is in user and nice as well.
      for (int i = 1; i < Math.min(words.length, 9); i++) {
        total += Long.parseLong(words[i]);
      }
      return new Ticks(total, Long.parseLong(words[4]) + Long.parseLong(words[5]));
    }
  }

  OtherLoad(Arena arena) {
    timespec = arena.allocate(2 * Long.BYTES, Long.BYTES).address();
    stat = new ProcFile(arena, "/proc/stat");
  }

  /** Whether it is measured. */
  boolean isBegun() {
    return begun;
  }

  /** Measures from now on. */
  void begin() {
    begun = true;
    own = ownNanos();
    all = ticks();
  }

  void end() {
    begun = false;
  }

  /** The part of all processors that others have used, 0 to 1; 1 where that is not known. */
  double share() {
    Ticks now = ticks();
    double total = (now.total - all.total) * (double) TICK_NANOS;
    double idle = (now.idle - all.idle) * (double) TICK_NANOS;
    return total <= 0 ? UNKNOWN : Math.clamp((total - idle - (ownNanos() - own)) / total, 0, 1);
  }

  private Ticks ticks() {
    String text = stat.read();
    return text.startsWith("cpu") ? Ticks.parse(text) : Ticks.NONE;
  }

  private long ownNanos() {
    Native.syscall(Nr.CLOCK_GETTIME, CLOCK_PROCESS_CPUTIME_ID, timespec, 0, 0, 0, 0);
    return Memory.getLong(timespec) * SECOND_NANOS + Memory.getLong(timespec + Long.BYTES);
  }
}
