package io.syslet.kernel;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits that an interrupt does not end; the interrupt status is set again afterwards. */
public final class Uninterruptibly {
  private static final long LOOK_NANOS = 100_000;

  private Uninterruptibly() {}

  /** What an interrupt ends. */
  @FunctionalInterface
  public interface Interruptible {
    /**
     * Waits.
     *
     * @return whether the wait is over; otherwise it is repeated.
     * @throws InterruptedException when the thread is interrupted; the wait is repeated.
     */
    boolean await() throws InterruptedException;
  }

  /** Waits until a latch is open. */
  public static void await(CountDownLatch latch) {
    repeat(
        () -> {
          latch.await();
          return true;
        });
  }

  /** Waits until a latch is open, some milliseconds at most: whether it is. */
  public static boolean await(CountDownLatch latch, long millis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    repeat(
        () ->
            latch.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
                || System.nanoTime() - deadline >= 0);
    return latch.getCount() == 0;
  }

  /** Waits for the end of a thread. */
  public static void join(Thread thread) {
    repeat(
        () -> {
          thread.join();
          return true;
        });
  }

  /** Waits for the end of a thread, some milliseconds at most: whether it has ended. */
  public static boolean join(Thread thread, long millis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    repeat(() -> thread.join(left(deadline)) || System.nanoTime() - deadline >= 0);
    return !thread.isAlive();
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
  }

  /** Parks until a condition holds; who makes it true unparks the thread afterwards. */
  public static void park(Object blocker, BooleanSupplier condition) {
    boolean interrupted = false;
    while (!condition.getAsBoolean()) {
      LockSupport.park(blocker);
      interrupted |= Thread.interrupted();
    }
    restore(interrupted);
  }

  /** Waits by something that says whether it was successful, and that an interrupt ends. */
  public static void until(BooleanSupplier wait) {
    boolean interrupted = false;
    while (!wait.getAsBoolean()) {
      interrupted |= Thread.interrupted();
    }
    restore(interrupted);
  }

  /**
   * Looks at a condition now and then, until it holds or a deadline has passed.
   *
   * @param deadlineNanos of {@link System#nanoTime()}.
   */
  public static void poll(long deadlineNanos, BooleanSupplier condition) {
    boolean interrupted = false;
    while (!condition.getAsBoolean() && System.nanoTime() - deadlineNanos < 0) {
      LockSupport.parkNanos(LOOK_NANOS);
      interrupted |= Thread.interrupted();
    }
    restore(interrupted);
  }

  /** Parks for some nanoseconds, or for less if the thread is unparked or interrupted. */
  public static void pause(long nanos) {
    boolean before = Thread.interrupted();
    LockSupport.parkNanos(nanos);
    boolean meanwhile = Thread.interrupted();
    restore(before || meanwhile);
  }

  private static void repeat(Interruptible wait) {
    repeat(wait, () -> {});
  }

  /**
   * Repeats a wait until it is over.
   *
   * @param interrupted run, by this thread, after each interrupt.
   */
  public static void repeat(Interruptible wait, Runnable interrupted) {
    boolean any = false;
    for (boolean over = false; !over; ) {
      try {
        over = wait.await();
      } catch (InterruptedException e) {
        any = true;
        interrupted.run();
      }
    }
    restore(any);
  }

  private static void restore(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
