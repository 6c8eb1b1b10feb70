package io.syslet.server.policy;

import io.syslet.Nr;
import io.syslet.ring.Memory;

/**
 * Waits that could last for ever are made in slices: the server's kernel has each for {@link
 * #SLICE_NANOS} at most after nobody wants its result any more.
 */
final class Waiting {
  /** The longest that one host call sleeps. */
  static final long SLICE_NANOS = 1_000_000_000;

  /** As a deadline: none. */
  static final long NEVER = Long.MAX_VALUE;

  static final short POLLIN = 1;
  static final short POLLOUT = 4;

  private static final long NANOS = 1_000_000_000;

  private Waiting() {}

  /** The next host call: waits for a slice until the descriptor is ready, or broken. */
  static void forDescriptor(Operation op, int host, short events) {
    long poll = op.scratch + Scratch.POLL;
    Memory.putInt(poll, host);
    Memory.putInt(poll + 4, events & 0xffff);
    op.call(Nr.PPOLL, poll, 1, timespec(op, SLICE_NANOS), 0, 0, 0);
  }

  /** Writes a timespec: its address. */
  static long timespec(Operation op, long nanos) {
    long time = op.scratch + Scratch.TIME;
    Memory.putLong(time, nanos / NANOS);
    Memory.putLong(time + 8, nanos % NANOS);
    return time;
  }

  /**
   * Reads a timespec as a length of time.
   *
   * @return nanoseconds, {@link #NEVER} for more than can be counted; −1 if it is none.
   */
  static long nanos(long timespec) {
    long seconds = Memory.getLong(timespec);
    long nanos = Memory.getLong(timespec + 8);
    if (seconds < 0 || nanos < 0 || nanos >= NANOS) {
      return -1;
    }
    return seconds >= Long.MAX_VALUE / NANOS - 1 ? NEVER : seconds * NANOS + nanos;
  }

  /** When a wait of so many nanoseconds, counted from now, is over. */
  static long deadline(long nanos) {
    long now = System.nanoTime();
    return nanos >= Long.MAX_VALUE - Math.max(now, 0) ? NEVER : now + nanos;
  }

  /** How long it is until a deadline, 0 or more. */
  static long left(long deadline) {
    return deadline == NEVER ? NEVER : Math.max(deadline - System.nanoTime(), 0);
  }

  /** How long the next slice is: 0 if the deadline is over, or the call may not wait. */
  static long slice(Operation op, long deadline) {
    return op.mayWait ? slice(deadline) : 0;
  }

  private static long slice(long deadline) {
    return deadline == NEVER
        ? SLICE_NANOS
        : Math.clamp(deadline - System.nanoTime(), 0, SLICE_NANOS);
  }
}
