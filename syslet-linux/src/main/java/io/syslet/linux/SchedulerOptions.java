package io.syslet.linux;

import java.time.Duration;

/**
 * How a {@link Scheduler} is made. Immutable: each method returns a changed copy.
 *
 * @param name what the names of its threads begin with; "syslet" by default.
 * @param processors how many continuations may run at once; 0, the default, for as many as {@link
 *     Runtime#availableProcessors} says, also when that changes; {@link #MOST_PROCESSORS} at most.
 * @param maxBlocked how many workers may sleep under a continuation at once, so that others go on
 *     in their place; 256 by default, 0 at least.
 * @param stackSize bytes of stack of a worker, 1 MiB by default: as deep as a virtual thread gets.
 * @param idleTimeout a spare worker that was not needed for so long leaves; 5 s by default.
 * @param listener is told of workers that slept.
 */
public record SchedulerOptions(
    String name,
    int processors,
    int maxBlocked,
    int stackSize,
    Duration idleTimeout,
    SchedulerListener listener) {
  /** As many CPUs as Linux can have: the range of NR_CPUS. */
  public static final int MOST_PROCESSORS = 8192;

  /** The defaults. */
  public static SchedulerOptions defaults() {
    return new SchedulerOptions(
        "syslet", 0, 256, 1 << 20, Duration.ofSeconds(5), SchedulerListener.NONE);
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException for a value out of its range.
   */
  public SchedulerOptions {
    boolean isMachine = processors >= 0 && processors <= MOST_PROCESSORS;
    if (!isMachine || maxBlocked < 0 || stackSize < 0 || idleTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "out of range: %d processors, %d blocked, stack of %d bytes, time-out %s"
              .formatted(processors, maxBlocked, stackSize, idleTimeout));
    }
  }

  /** With another name. */
  public SchedulerOptions name(String other) {
    return new SchedulerOptions(other, processors, maxBlocked, stackSize, idleTimeout, listener);
  }

  /** With another number of processors, or 0 for as many as are available. */
  public SchedulerOptions processors(int count) {
    return new SchedulerOptions(name, count, maxBlocked, stackSize, idleTimeout, listener);
  }

  /** With another limit of workers that may be blocked. */
  public SchedulerOptions maxBlocked(int limit) {
    return new SchedulerOptions(name, processors, limit, stackSize, idleTimeout, listener);
  }

  /** With another stack size, bytes. */
  public SchedulerOptions stackSize(int bytes) {
    return new SchedulerOptions(name, processors, maxBlocked, bytes, idleTimeout, listener);
  }

  /** With another idle time-out. */
  public SchedulerOptions idleTimeout(Duration timeout) {
    return new SchedulerOptions(name, processors, maxBlocked, stackSize, timeout, listener);
  }

  /** With another listener. */
  public SchedulerOptions listener(SchedulerListener other) {
    return new SchedulerOptions(name, processors, maxBlocked, stackSize, idleTimeout, other);
  }
}
