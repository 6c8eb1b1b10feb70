package io.syslet.server.policy;

import io.syslet.Nr;
import io.syslet.ring.Memory;

/**
 * Waits that could last for ever. They are host calls that {@linkplain Operation#await only wait},
 * so they can be taken back as soon as nobody wants their result any more.
 */
final class Waiting {
  /** As a deadline: none. */
  static final long NEVER = Long.MAX_VALUE;

  static final short POLLIN = 1;
  static final short POLLOUT = 4;

  private static final long NANOS = 1_000_000_000;
  private static final long REST_NANOS = 1_000_000;

  private Waiting() {}

  /**
   * The next host call: waits until the descriptor is ready, or broken; or looks whether it is, if
   * the call may not wait.
   */
  static void forDescriptor(Operation op, int host, short events) {
    long poll = op.scratch + Scratch.POLL;
    Memory.putInt(poll, host);
    Memory.putInt(poll + 4, events & 0xffff);
    op.await(Nr.PPOLL, poll, 1, timeout(op, op.mayWait ? NEVER : 0), 0);
  }

  /** The next host call: a short sleep, in which others have their turn. */
  static void rest(Operation op) {
    op.await(Nr.NANOSLEEP, timespec(op, REST_NANOS), 0, 0, 0);
  }

  /** Writes how long a call waits at most: the address of a timespec, or 0 for {@link #NEVER}. */
  static long timeout(Operation op, long nanos) {
    return nanos == NEVER ? 0 : timespec(op, nanos);
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

  /** How long a call waits until a deadline: 0 if that is over, or the call may not wait. */
  static long left(Operation op, long deadline) {
    return op.mayWait ? left(deadline) : 0;
  }
}
