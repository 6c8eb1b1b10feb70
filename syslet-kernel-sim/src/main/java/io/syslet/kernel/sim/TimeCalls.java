package io.syslet.kernel.sim;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.ring.Memory;

/** Clocks, naps and random bytes. */
final class TimeCalls {
  private static final long SECOND = 1_000_000_000;
  private static final int TIMESPEC = 16;
  private static final int CLOCK_REALTIME = 0;
  private static final int CLOCK_MONOTONIC = 1;
  private static final int CLOCK_MONOTONIC_RAW = 4;
  private static final int CLOCK_REALTIME_COARSE = 5;
  private static final int CLOCK_MONOTONIC_COARSE = 6;
  private static final int CLOCK_BOOTTIME = 7;
  private static final int TIMER_ABSTIME = 1;
  private static final int GRND_FLAGS = 7;
  private static final long NOT_A_CLOCK = -1;

  private final SimMachine machine;
  private final WaitQueue naps;

  TimeCalls(SimMachine machine) {
    this.machine = machine;
    this.naps = machine.waitQueue("the time");
  }

  void register(SimCalls calls) {
    calls.put(Nr.NANOSLEEP, this::nanosleep);
    calls.put(Nr.CLOCK_NANOSLEEP, this::clockNanosleep);
    calls.put(Nr.CLOCK_GETTIME, this::clockGettime);
    calls.put(Nr.CLOCK_GETRES, this::clockGetres);
    calls.put(Nr.GETRANDOM, this::getrandom);
  }

  private long nanosleep(
      SimProcess process, long request, long rest, long a2, long a3, long a4, long a5) {
    long nanos = read(request);
    return nanos < 0 ? nanos : nap(machine.now() + nanos, rest);
  }

  /** clock_nanosleep(2): 0; −EINVAL; −EINTR, with the rest of a relative time. */
  private long clockNanosleep(
      SimProcess process, long clock, long flags, long request, long rest, long a4, long a5) {
    long base = time((int) clock);
    long nanos = read(request);
    if (base == NOT_A_CLOCK || nanos < 0) {
      return -Errno.EINVAL;
    }
    boolean absolute = ((int) flags & TIMER_ABSTIME) != 0;
    long from = absolute ? machine.now() - base : machine.now();
    return nap(from + nanos, absolute ? 0 : rest);
  }

  private long nap(long until, long rest) {
    while (machine.now() < until) {
      int slept = naps.sleepInterruptiblyUntil(until);
      if (slept == -Errno.EINTR && rest != 0) {
        write(rest, Math.max(until - machine.now(), 0));
      }
      if (slept < 0 && slept != -Errno.ETIME) {
        return slept;
      }
    }
    return 0;
  }

  private long clockGettime(
      SimProcess process, long clock, long to, long a2, long a3, long a4, long a5) {
    long time = time((int) clock);
    if (time == NOT_A_CLOCK) {
      return -Errno.EINVAL;
    }
    write(to, time);
    return 0;
  }

  private long clockGetres(
      SimProcess process, long clock, long to, long a2, long a3, long a4, long a5) {
    if (time((int) clock) == NOT_A_CLOCK) {
      return -Errno.EINVAL;
    }
    if (to != 0) {
      write(to, 1);
    }
    return 0;
  }

  private long getrandom(
      SimProcess process, long buffer, long length, long flags, long a3, long a4, long a5) {
    if (((int) flags & ~GRND_FLAGS) != 0) {
      return -Errno.EINVAL;
    }
    for (long i = 0; i < length; i++) {
      Memory.putByte(buffer + i, (byte) machine.random().nextInt());
    }
    return length;
  }

  private long time(int clock) {
    return switch (clock) {
      case CLOCK_REALTIME, CLOCK_REALTIME_COARSE -> machine.realTime();
      case CLOCK_MONOTONIC, CLOCK_MONOTONIC_RAW, CLOCK_MONOTONIC_COARSE, CLOCK_BOOTTIME ->
          machine.now();
      default -> NOT_A_CLOCK;
    };
  }

  /** The nanoseconds of a struct timespec; −EINVAL. */
  private static long read(long timespec) {
    long seconds = Memory.getLong(timespec);
    long nanos = Memory.getLong(timespec + TIMESPEC / 2);
    if (seconds < 0 || nanos < 0 || nanos >= SECOND) {
      return -Errno.EINVAL;
    }
    return Math.min(seconds, Long.MAX_VALUE / 4 / SECOND) * SECOND + nanos;
  }

  private static void write(long timespec, long nanos) {
    Memory.putLong(timespec, nanos / SECOND);
    Memory.putLong(timespec + TIMESPEC / 2, nanos % SECOND);
  }
}
