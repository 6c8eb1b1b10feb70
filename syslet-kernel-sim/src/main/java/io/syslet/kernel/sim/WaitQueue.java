package io.syslet.kernel.sim;

/**
 * Where tasks sleep: first in, first out. Wake-ups may be spurious, so a caller loops on its
 * condition.
 *
 * <pre>{@code
 * while (!ready) {
 *   int slept = queue.sleep();
 *   if (slept < 0) {
 *     return slept;
 *   }
 * }
 * }</pre>
 *
 * A sleep is where a call <em>blocks</em>: the block hook of syslets stands here. So a call must
 * have changed nothing that others can see, or that it cannot undo, before its first sleep.
 */
public interface WaitQueue {
  /** {@link #sleepUntil} without a deadline. */
  long NEVER = Long.MAX_VALUE;

  /**
   * The calling task sleeps until it is woken; signals do not wake it, as in a wait for a disk.
   *
   * @return 0 when woken, perhaps for nothing; −EINTR when the task is being killed; −EAGAIN when
   *     the call must not block: it is to be undone, and −EAGAIN returned.
   */
  default int sleep() {
    return sleepUntil(NEVER);
  }

  /**
   * {@link #sleep} until a time of {@link SimMachine#now} at most.
   *
   * @return as {@link #sleep}; −ETIME when the deadline has passed.
   */
  int sleepUntil(long deadline);

  /**
   * {@link #sleep}, and a signal wakes it too, as in a wait for a pipe.
   *
   * @return as {@link #sleep}; −EINTR also when a signal is pending.
   */
  default int sleepInterruptibly() {
    return sleepInterruptiblyUntil(NEVER);
  }

  /** {@link #sleepInterruptibly} until a time at most: −ETIME when it has passed. */
  int sleepInterruptiblyUntil(long deadline);

  /** Wakes the one who has slept longest: whether there was one. Tasks and events may call. */
  boolean wakeOne();

  /** Wakes all: how many. Tasks and events may call. */
  int wakeAll();

  /**
   * Has an observer told of each wake-up, also when nobody sleeps here: how one call waits in
   * several queues. It must not sleep, and may wake in other queues.
   */
  void watch(Runnable observer);

  /** Ends one {@link #watch} by that very observer; without one it does nothing. */
  void unwatch(Runnable observer);

  /** Whether nobody sleeps here. */
  boolean isEmpty();
}
