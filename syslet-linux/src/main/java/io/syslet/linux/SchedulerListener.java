package io.syslet.linux;

/**
 * Is told of workers that fell asleep under a continuation, outside of a call of the entry, and
 * lost their processor to others meanwhile. The methods are called by the scheduler's own threads,
 * and must not block; what they throw goes to the thread's uncaught exception handler.
 */
public interface SchedulerListener {
  /** Hears nothing. */
  SchedulerListener NONE = new SchedulerListener() {};

  /** How long a worker must have slept before {@link #blocked} is called, ns; 20 ms by default. */
  default long thresholdNanos() {
    return 20_000_000;
  }

  /**
   * A worker has slept for the threshold, and still does. Called by the scheduler's monitor, once
   * for each sleep that it sees, some milliseconds late at most.
   *
   * @param worker the platform thread that sleeps; the virtual thread is mounted on it.
   * @param continuation what {@link Scheduler#execute} was given.
   * @param nanos how long it has slept so far.
   */
  default void blocked(Thread worker, Runnable continuation, long nanos) {}

  /**
   * A continuation that had slept has come back from {@code run}: it has parked, yielded or ended.
   * Called by the worker itself, for every sleep, however short.
   *
   * @param worker the current thread.
   * @param continuation what {@link Scheduler#execute} was given.
   * @param nanos from the moment that the worker lost its processor until it was seen awake, or
   *     until now.
   */
  default void returned(Thread worker, Runnable continuation, long nanos) {}
}
