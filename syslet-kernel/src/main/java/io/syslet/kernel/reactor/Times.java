package io.syslet.kernel.reactor;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.kernel.WaitForm;
import io.syslet.ring.Memory;

/** Until when a call waits at most, on the clock of {@link System#nanoTime}. */
final class Times {
  /** For ever. */
  static final long NEVER = Long.MAX_VALUE;

  private static final int CLOCK_REALTIME = 0;
  private static final int CLOCK_MONOTONIC = 1;
  private static final int TIMER_ABSTIME = 1;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS = 1_000_000_000;

  private Times() {}

  /**
   * Until when a call wants to wait.
   *
   * @return 0 for not at all; {@link #NEVER}; −errno; −ENOSYS for what a thread must wait for.
   */
  static long wanted(CallRegisters c, Facts facts) {
    return switch (c.form()) {
      case POLL -> millis((int) c.a2);
      case PPOLL -> c.a2 == 0 ? NEVER : fromNow(facts.timespec(c.a2));
      case EPOLL_WAIT -> millis((int) c.a3);
      case EPOLL_PWAIT2 -> c.a3 == 0 ? NEVER : fromNow(facts.timespec(c.a3));
      case NANOSLEEP -> fromNow(facts.timespec(c.a0));
      case CLOCK_NANOSLEEP -> clock((int) c.a0, (int) c.a1, c.a2, facts);
      default -> NEVER;
    };
  }

  private static long millis(int millis) {
    return millis < 0 ? NEVER : fromNow(millis * NANOS_PER_MILLI);
  }

  private static long fromNow(long nanos) {
    return nanos <= 0 ? nanos : deadline(nanos);
  }

  /** A time of day that may be set meanwhile, and other clocks, are a thread's business. */
  private static long clock(int clock, int flags, long request, Facts facts) {
    boolean relative = flags == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC);
    boolean absolute = flags == TIMER_ABSTIME && clock == CLOCK_MONOTONIC;
    if (!relative && !absolute) {
      return -Errno.ENOSYS;
    }
    long time = facts.timespec(request);
    return relative ? fromNow(time) : time <= System.nanoTime() ? Math.min(time, 0) : time;
  }

  /** When a wait of so many nanoseconds, counted from now, is over. */
  static long deadline(long nanos) {
    long now = System.nanoTime();
    return nanos >= NEVER - Math.max(now, 0) ? NEVER : now + nanos;
  }

  /** What a call returns whose time is over. */
  static long over(WaitForm form, long done) {
    return switch (form) {
      case POLL, PPOLL, EPOLL_WAIT, EPOLL_PWAIT2, NANOSLEEP, CLOCK_NANOSLEEP -> 0;
      case CONNECT -> -Errno.EINPROGRESS;
      default -> done > 0 ? done : -Errno.EAGAIN;
    };
  }

  /** The struct timespec of ppoll is told what is left of it, if the host can write there. */
  static void tellRest(CallRegisters c, long deadline, HostDoor door) {
    if (c.nr == Nr.PPOLL
        && c.a2 != 0
        && deadline != NEVER
        && door.call(Nr.CLOCK_GETTIME, CLOCK_MONOTONIC, c.a2, 0, 0, 0, 0) == 0) {
      long left = Math.max(0, deadline - System.nanoTime());
      Memory.putLong(c.a2, left / NANOS);
      Memory.putLong(c.a2 + 8, left % NANOS);
    }
  }
}
