package io.syslet.kernel;

import io.syslet.Errno;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The clock of a kernel: ends calls whose deadline has passed, and reminds those that were asked to
 * end and have not. One thread, which is there only while something is to be waited for. Any
 * thread.
 */
public final class Alarms implements Canceler.Time {
  private static final long IDLE_MILLIS = 100;

  private final ScheduledThreadPoolExecutor clock;

  /** Without a thread yet. */
  public Alarms() {
    clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("syslet-alarm").factory());
    clock.setKeepAliveTime(IDLE_MILLIS, TimeUnit.MILLISECONDS);
    clock.allowCoreThreadTimeOut(true);
    clock.setRemoveOnCancelPolicy(true);
    clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Whether there is a thread to keep the time, which is started if need be. */
  public boolean isReady() {
    try {
      boolean _ = clock.prestartCoreThread();
      return true;
    } catch (OutOfMemoryError e) {
      return false;
    }
  }

  /**
   * Ends a call with −ETIMEDOUT at a time, unless it is {@linkplain Alarm#disarm disarmed} before.
   *
   * @param turn which call of it.
   * @param deadline of {@link System#nanoTime}.
   */
  public Alarm at(PendingCall call, long turn, long deadline) {
    return new Alarm(clock, call, new Cancellation(Errno.ETIMEDOUT, turn), deadline);
  }

  @Override
  public long now() {
    return System.nanoTime();
  }

  @Override
  public void pause(long nanos) {
    Uninterruptibly.pause(nanos);
  }

  @Override
  public void remind(PendingCall call, Cancellation wish) {
    Alarm alarm = new Alarm(clock, call, wish, System.nanoTime() + Alarm.FIRST_REMINDER_NANOS);
    assert alarm.isArmed();
  }

  /** Nobody is reminded any more. */
  public void end() {
    clock.shutdownNow();
  }
}
