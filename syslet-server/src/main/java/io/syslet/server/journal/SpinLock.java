package io.syslet.server.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A lock held for less time than a thread takes to fall asleep: for one record, as a rule. Who
 * waits, spins, and stays on its carrier. Not reentrant. What was written before {@link #unlock} is
 * seen after the next {@link #lock}.
 */
final class SpinLock {
  private static final VarHandle HELD;

  static {
    try {
      HELD = MethodHandles.lookup().findVarHandle(SpinLock.class, "held", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("UnusedVariable") // by the handle
  private boolean held;

  /** Takes the lock. */
  void lock() {
    while (!HELD.compareAndSet(this, false, true)) {
      Thread.onSpinWait();
    }
  }

  /** Gives it back. */
  void unlock() {
    HELD.setRelease(this, false);
  }
}
