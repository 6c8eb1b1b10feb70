package io.syslet.threads.expected;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what comes when it likes. A test that waits in vain runs into its time-out. */
final class Eventually {
  private Eventually() {}

  /** Waits until a thread is in a state. */
  static void is(Thread thread, Thread.State state) {
    holds(() -> thread.getState() == state);
  }

  /** Waits until a condition holds. */
  static void holds(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
