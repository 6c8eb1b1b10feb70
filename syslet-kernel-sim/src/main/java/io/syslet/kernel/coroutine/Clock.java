package io.syslet.kernel.coroutine;

/** A time, virtual or real, and alarms in it. */
public interface Clock {
  /** Nanoseconds since some moment; never goes back. */
  long now();

  /**
   * Runs an action once, in the event loop that the clock belongs to, at a time or soon after.
   * Alarms of one time go off in the order in which they were set.
   *
   * @param when as {@link #now}; a time that has passed means as soon as possible, but never now.
   */
  Alarm at(long when, Runnable action);

  /** The time in {@code ns} from now, or the last there is. */
  default long after(long ns) {
    long when = now() + Math.max(ns, 0);
    return when < 0 ? Long.MAX_VALUE : when;
  }

  /** An alarm that was set. */
  interface Alarm {
    /** Takes it back; nothing if it has gone off. From the loop of the clock. */
    void cancel();
  }
}
