package io.syslet.kernel.coroutine;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The time that an {@link EventLoop} lives by. */
public interface Time {
  /** A moment that does not come. */
  long NEVER = Long.MAX_VALUE;

  /** Nanoseconds; never goes back. */
  long now();

  /** Waits for a moment, or until woken, or until the condition holds. May return early. */
  void waitUntil(long when, BooleanSupplier condition);

  /** Wakes the thread that waits, or will. */
  void wake(@Nullable Thread waiter);

  /**
   * A time that passes only when the loop has nothing else to do: the same program sees the same
   * times, always. Starts at 0.
   */
  static Time virtual() {
    return new VirtualTime();
  }

  /** The time of the host. */
  static Time real() {
    return RealTime.INSTANCE;
  }

  /** See {@link #virtual()}. */
  final class VirtualTime implements Time {
    private long now;

    private VirtualTime() {}

    @Override
    public long now() {
      return now;
    }

    /**
     * Makes it that time.
     *
     * @throws IllegalStateException if that moment never comes: all wait for someone else.
     */
    @Override
    public void waitUntil(long when, BooleanSupplier condition) {
      if (when == NEVER) {
        throw new IllegalStateException("deadlock: nothing is posted, and no alarm is set");
      }
      now = Math.max(now, when);
    }

    @Override
    public void wake(@Nullable Thread waiter) {
      // Nobody ever waits.
    }
  }

  /** See {@link #real()}. */
  final class RealTime implements Time {
    private static final RealTime INSTANCE = new RealTime();

    private RealTime() {}

    @Override
    public long now() {
      return System.nanoTime();
    }

    @Override
    public void waitUntil(long when, BooleanSupplier condition) {
      if (condition.getAsBoolean()) {
        return;
      }
      if (when == NEVER) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, when - now());
      }
    }

    @Override
    public void wake(@Nullable Thread waiter) {
      if (waiter != Thread.currentThread()) {
        LockSupport.unpark(waiter);
      }
    }
  }
}
