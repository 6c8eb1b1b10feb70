package io.syslet.kernel.sim;

import java.util.random.RandomGenerator;

/**
 * What the parts of the machine share. One host thread at a time is inside: in the deterministic
 * mode there is only one, in the concurrent mode it is the one that holds the processor. So the
 * parts need no locks, and must hold none when they sleep.
 */
public interface SimMachine {
  /** Nanoseconds since boot: virtual ones, or real ones in the concurrent mode. */
  long now();

  /** Nanoseconds since the epoch, for time stamps: the time of boot and {@link #now}. */
  long realTime();

  /**
   * Runs an event at a time, in the order of time, and of the calls of this method where times are
   * equal. A time that has passed is now. The event is an interrupt: it may wake and schedule, and
   * must not sleep or {@link #charge}.
   */
  void at(long when, Runnable event);

  /**
   * The running task uses the processor for so long, 0 or more nanoseconds. Events become due
   * meanwhile, and the task may be preempted, which is no block. Of no effect outside a task.
   */
  void charge(long nanos);

  /** The machine's one seeded source. */
  RandomGenerator random();

  /** Where each scheduling, disk and completion event is written. */
  Trace trace();

  /**
   * Makes a wait queue.
   *
   * @param name what its sleepers wait for, in traces and in the list of a deadlock.
   */
  WaitQueue waitQueue(String name);

  /** Which faults are to be injected. */
  Faults faults();

  /** Which memory programs may use. */
  MappedRanges memory();
}
