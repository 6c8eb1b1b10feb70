package io.syslet.kernel;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes a call back at a time. If it does not end at once, since the signal fell before its sleep
 * or its sleep cannot be interrupted, it is asked again, more and more seldom.
 */
public final class Alarm implements Runnable {
  static final long FIRST_REMINDER_NANOS = 1_000_000;
  private static final long LAST_REMINDER_NANOS = 1_000_000_000;

  private final ScheduledThreadPoolExecutor clock;
  private final PendingCall call;
  private final Cancellation wish;
  private long pause = FIRST_REMINDER_NANOS;
  private boolean armed = true;
  private @Nullable ScheduledFuture<?> next;

  Alarm(ScheduledThreadPoolExecutor clock, PendingCall call, Cancellation wish, long deadline) {
    this.clock = clock;
    this.call = call;
    this.wish = wish;
    schedule(deadline - System.nanoTime());
  }

  private synchronized void schedule(long nanos) {
    if (armed) {
      try {
        next = clock.schedule(this, Math.max(nanos, 0), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        armed = false; // the kernel has ended, and takes back everything itself
      } catch (OutOfMemoryError e) {
        // It is queued: whoever comes next may find a thread for both.
      }
    }
  }

  synchronized boolean isArmed() {
    return armed;
  }

  /** The call has ended. */
  public synchronized void disarm() {
    armed = false;
    if (next != null) {
      next.cancel(false);
    }
  }

  @Override
  public void run() {
    if (isArmed() && call.take(wish) == Cancellation.ASKED) {
      schedule(pause);
      pause = Math.min(2 * pause, LAST_REMINDER_NANOS);
    }
  }
}
