package io.syslet.linux;

/** A listener of others, whose failures end no thread of the scheduler. */
final class GuardedListener implements SchedulerListener {
  private final SchedulerListener told;

  GuardedListener(SchedulerListener told) {
    this.told = told;
  }

  @Override
  public long thresholdNanos() {
    try {
      return told.thresholdNanos();
    } catch (RuntimeException | Error e) {
      Uncaught.report(e);
      return SchedulerListener.super.thresholdNanos();
    }
  }

  @Override
  public void blocked(Thread worker, Runnable continuation, long nanos) {
    try {
      told.blocked(worker, continuation, nanos);
    } catch (RuntimeException | Error e) {
      Uncaught.report(e);
    }
  }

  @Override
  public void returned(Thread worker, Runnable continuation, long nanos) {
    try {
      told.returned(worker, continuation, nanos);
    } catch (RuntimeException | Error e) {
      Uncaught.report(e);
    }
  }
}
