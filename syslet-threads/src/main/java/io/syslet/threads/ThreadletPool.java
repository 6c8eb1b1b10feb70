package io.syslet.threads;

import io.syslet.linux.Scheduler;
import io.syslet.linux.SchedulerOptions;
import io.syslet.linux.SchedulerStats;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler as the JDK knows it. {@code VirtualThread} takes any executor, but gives its
 * timers, and the place of its default scheduler, to a fork-join pool alone; so this is one by its
 * type. No worker of the super class ever runs a virtual thread; it has one at most, for timers.
 */
final class ThreadletPool extends ForkJoinPool {
  private static final @Nullable DirectTimer TIMER = DirectTimer.find();

  private final Scheduler scheduler;
  private final ThreadletFigures figures;

  private ThreadletPool(Scheduler scheduler, String name) {
    super(1);
    this.scheduler = scheduler;
    this.figures = new ThreadletFigures(scheduler, name);
  }

  /**
   * Makes one, and starts its threads.
   *
   * @throws UnsupportedOperationException where it cannot run, and why.
   */
  static ThreadletPool open(SchedulerOptions options) {
    Requirements.check();
    BlockedThreads listener = new BlockedThreads(options.name(), options.listener());
    Scheduler scheduler = Scheduler.open(options.listener(listener));
    try {
      return new ThreadletPool(scheduler, options.name());
    } catch (RuntimeException | Error e) {
      scheduler.close();
      throw e;
    }
  }

  /** The figures, and the limit's setter. */
  ThreadletFigures figures() {
    return figures;
  }

  @Override
  public void execute(Runnable continuation) {
    if (isTimer(Thread.currentThread())) {
      scheduler.executeDue(continuation);
    } else {
      scheduler.execute(continuation);
    }
  }

  private boolean isTimer(Thread thread) {
    return DirectTimer.isTimer(thread)
        || (thread instanceof ForkJoinWorkerThread worker && worker.getPool() == this);
  }

  @Override
  public <T> ForkJoinTask<T> externalSubmit(ForkJoinTask<T> continuation) {
    return lazySubmit(continuation);
  }

  @Override
  public <T> ForkJoinTask<T> lazySubmit(ForkJoinTask<T> continuation) {
    scheduler.execute(continuation::quietlyInvoke);
    return continuation;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return TIMER == null
        ? super.schedule(command, delay, unit)
        : TIMER.schedule(this, command, unit.toNanos(delay));
  }

  /** Ends the scheduler; the timers go on, for threads that have not ended. */
  @Override
  public void close() {
    figures.withdraw();
    scheduler.close();
  }

  /** Has its threads leave that have nothing to do: at the end of the process. */
  void leave() {
    scheduler.leave();
  }

  // ---- what the JDK's MXBean and jcmd Thread.vthread_scheduler ask for

  @Override
  public int getParallelism() {
    return scheduler.stats().processors();
  }

  /** Refuses: as many run at once as the options say. */
  @Override
  public int setParallelism(int size) {
    throw new UnsupportedOperationException("the number of processors is set when it is made");
  }

  @Override
  public int getPoolSize() {
    return scheduler.stats().workers();
  }

  @Override
  public int getActiveThreadCount() {
    return scheduler.stats().mounted();
  }

  @Override
  public long getQueuedTaskCount() {
    return scheduler.stats().queued();
  }

  @Override
  public int getQueuedSubmissionCount() {
    return 0;
  }

  @Override
  public String toString() {
    SchedulerStats stats = scheduler.stats();
    return "syslet threadlets"
        + stats.toString().substring(SchedulerStats.class.getSimpleName().length());
  }
}
