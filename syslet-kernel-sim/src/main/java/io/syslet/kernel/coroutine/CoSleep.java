package io.syslet.kernel.coroutine;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A sleep that others can end. One coroutine at a time sleeps here; any thread may wake it.
 *
 * <p>Source: QEMU's {@code QemuCoSleep}.
 */
public final class CoSleep {
  private final AtomicReference<@Nullable Coroutine> sleeper = new AtomicReference<>();

  /** Yields until {@link #wake}. */
  public void sleep() {
    Coroutine self = lieDown();
    yieldUntilWoken(self);
  }

  /**
   * Yields for some time, or until woken. Yields in any case.
   *
   * @param ns by that clock; negative is as 0.
   * @return true if the time has passed, false if it was woken before.
   */
  public boolean sleepNs(Clock clock, long ns) {
    Coroutine self = lieDown();
    boolean[] passed = {false};
    Clock.Alarm alarm = clock.at(clock.after(ns), () -> passed[0] = wake());
    try {
      yieldUntilWoken(self);
    } finally {
      alarm.cancel();
    }
    return passed[0];
  }

  /** Sleeps where nobody can wake it early. */
  public static void forNs(Clock clock, long ns) {
    new CoSleep().sleepNs(clock, ns);
  }

  /** Ends the sleep: whether there was one. */
  public boolean wake() {
    Coroutine woken = sleeper.getAndSet(null);
    if (woken != null) {
      Context.wake(woken);
    }
    return woken != null;
  }

  private Coroutine lieDown() {
    Coroutine self = Coroutine.running("sleeps");
    self.homeToWaitIn();
    Coroutine other = sleeper.compareAndExchange(null, self);
    if (other != null) {
      throw new IllegalStateException(self + " lies down where " + other + " sleeps");
    }
    return self;
  }

  private void yieldUntilWoken(Coroutine self) {
    try {
      self.suspend();
    } finally {
      // One who was closed, or entered by someone else, is not woken any more.
      sleeper.compareAndSet(self, null);
    }
  }
}
