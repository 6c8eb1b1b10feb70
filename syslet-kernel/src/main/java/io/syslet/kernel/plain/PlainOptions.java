package io.syslet.kernel.plain;

import java.time.Duration;

/**
 * How a {@link PlainKernel} is made. Immutable: each method returns a changed copy.
 *
 * @param maxWorkers threads that make calls, at most; 256 by default, 1 at least.
 * @param grace how long the caller of a call that may sleep waits for its result before it goes on
 *     without it; 50 µs by default, 0 for not at all.
 * @param idleTimeout a worker that was not needed for so long leaves; 5 s by default.
 * @param reactor whether calls on pipes and sockets, and sleeps, wait without a worker; true by
 *     default.
 * @param drain how long {@link PlainKernel#close} waits for calls in flight; 1 s by default.
 */
public record PlainOptions(
    int maxWorkers, Duration grace, Duration idleTimeout, boolean reactor, Duration drain) {
  /** The defaults. */
  public static PlainOptions defaults() {
    return new PlainOptions(
        256, Duration.ofNanos(50_000), Duration.ofSeconds(5), true, Duration.ofSeconds(1));
  }

  /** Checks the ranges. */
  public PlainOptions {
    boolean negative = grace.isNegative() || idleTimeout.isNegative() || drain.isNegative();
    if (maxWorkers < 1 || negative) {
      throw new IllegalArgumentException("out of range: " + maxWorkers + " workers");
    }
  }

  /** With another limit of workers. */
  public PlainOptions maxWorkers(int limit) {
    return new PlainOptions(limit, grace, idleTimeout, reactor, drain);
  }

  /** With another time that a caller waits. */
  public PlainOptions grace(Duration time) {
    return new PlainOptions(maxWorkers, time, idleTimeout, reactor, drain);
  }

  /** With another idle time-out. */
  public PlainOptions idleTimeout(Duration timeout) {
    return new PlainOptions(maxWorkers, grace, timeout, reactor, drain);
  }

  /** With or without calls that wait without a worker. */
  public PlainOptions reactor(boolean on) {
    return new PlainOptions(maxWorkers, grace, idleTimeout, on, drain);
  }

  /** With another time to drain at the end. */
  public PlainOptions drain(Duration time) {
    return new PlainOptions(maxWorkers, grace, idleTimeout, reactor, time);
  }
}
