package io.syslet.linux;

import java.time.Duration;

/**
 * How a {@link LinuxKernel} is made. Immutable: each method returns a changed copy.
 *
 * @param policy strict unless told otherwise.
 * @param maxWorkers threads that make calls, standing by and blocked together; 256 by default, 1 at
 *     least.
 * @param stackSize bytes of stack of a worker, 1 MiB by default, as deep as a virtual thread gets.
 *     User code runs on it too, so it bounds the depth of a program's recursion.
 * @param idleTimeout a spare worker that was not needed for so long leaves; 5 s by default.
 * @param drain how long {@link LinuxKernel#close} waits for calls in flight; 1 s by default.
 * @param sentinel whether blocking is seen by sentinels; if not, by the slower sysmon alone.
 * @param reactor whether calls on pipes and sockets, and sleeps, wait without a worker; true by
 *     default.
 * @param punts whether helpers make the calls of batches from their beginning while blocking cannot
 *     be seen, since the CPUs are busy. Such a call is answered −ESYSLETPENDING also if it does not
 *     block, and may begin after those behind it: this is for programs none of whose calls in
 *     flight closes a descriptor, moves a position or changes a file that another one needs. False
 *     by default.
 */
public record LinuxOptions(
    HandOverPolicy policy,
    int maxWorkers,
    int stackSize,
    Duration idleTimeout,
    Duration drain,
    boolean sentinel,
    boolean reactor,
    boolean punts) {
  /** The defaults. */
  public static LinuxOptions defaults() {
    return new LinuxOptions(
        HandOverPolicy.STRICT,
        256,
        1 << 20,
        Duration.ofSeconds(5),
        Duration.ofSeconds(1),
        true,
        true,
        false);
  }

  /** Checks the ranges. */
  public LinuxOptions {
    if (maxWorkers < 1 || stackSize < 0 || idleTimeout.isNegative() || drain.isNegative()) {
      throw new IllegalArgumentException("out of range: " + maxWorkers + " workers");
    }
  }

  /** With another policy. */
  public LinuxOptions policy(HandOverPolicy other) {
    return new LinuxOptions(
        other, maxWorkers, stackSize, idleTimeout, drain, sentinel, reactor, punts);
  }

  /** With another limit of workers. */
  public LinuxOptions maxWorkers(int limit) {
    return new LinuxOptions(policy, limit, stackSize, idleTimeout, drain, sentinel, reactor, punts);
  }

  /** With another stack size, bytes. */
  public LinuxOptions stackSize(int bytes) {
    return new LinuxOptions(
        policy, maxWorkers, bytes, idleTimeout, drain, sentinel, reactor, punts);
  }

  /** With another idle time-out. */
  public LinuxOptions idleTimeout(Duration timeout) {
    return new LinuxOptions(
        policy, maxWorkers, stackSize, timeout, drain, sentinel, reactor, punts);
  }

  /** With another time to drain at the end. */
  public LinuxOptions drain(Duration time) {
    return new LinuxOptions(
        policy, maxWorkers, stackSize, idleTimeout, time, sentinel, reactor, punts);
  }

  /** With or without sentinels. */
  public LinuxOptions sentinel(boolean on) {
    return new LinuxOptions(policy, maxWorkers, stackSize, idleTimeout, drain, on, reactor, punts);
  }

  /** With or without calls that wait without a worker. */
  public LinuxOptions reactor(boolean on) {
    return new LinuxOptions(policy, maxWorkers, stackSize, idleTimeout, drain, sentinel, on, punts);
  }

  /** With or without calls that are made by helpers. */
  public LinuxOptions punts(boolean on) {
    return new LinuxOptions(
        policy, maxWorkers, stackSize, idleTimeout, drain, sentinel, reactor, on);
  }
}
