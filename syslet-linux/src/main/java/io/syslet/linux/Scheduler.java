package io.syslet.linux;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A scheduler of virtual threads on workers of which no more run at once than there are processors,
 * and of which one that sleeps, in whatever way, is soon replaced by another.
 *
 * <p>Any thread may call any method.
 */
public final class Scheduler implements Executor, AutoCloseable {
  private final SchedulerOptions options;
  private final ThreadPoolExecutor pool;
  private volatile int maxBlocked;

  private Scheduler(SchedulerOptions options) {
    this.options = options;
    this.maxBlocked = options.maxBlocked();
    int processors = processors();
    this.pool =
        new ThreadPoolExecutor(
            processors,
            processors,
            Math.max(options.idleTimeout().toMillis(), 1),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(null, task, options.name(), options.stackSize(), false);
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
  }

  /**
   * Says why there can be no scheduler on this machine or in this JVM.
   *
   * @return one line without an end; empty where {@link #open} works.
   */
  public static String unsupported() {
    return "";
  }

  /**
   * Makes a scheduler and its first workers.
   *
   * @throws UnsupportedOperationException with the text of {@link #unsupported}.
   */
  public static Scheduler open(SchedulerOptions options) {
    String reason = unsupported();
    if (!reason.isEmpty()) {
      throw new UnsupportedOperationException(reason);
    }
    return new Scheduler(options);
  }

  /**
   * Queues a continuation, as the JDK submits it, and wakes a worker if one is needed. Never runs
   * it in place, blocks or throws; also after {@link #close}, so that no virtual thread is lost.
   */
  @Override
  public void execute(Runnable continuation) {
    pool.execute(continuation);
  }

  /** The figures. */
  public SchedulerStats stats() {
    int running = pool.getActiveCount();
    long queued = pool.getQueue().size();
    int workers = pool.getPoolSize();
    int most = pool.getLargestPoolSize();
    return new SchedulerStats(processors(), running, 0, queued, workers, most, maxBlocked, 0, 0);
  }

  /**
   * Sets how many workers may be blocked at once; those that are stay.
   *
   * @return the old limit.
   * @throws IllegalArgumentException if the limit is negative.
   */
  public int maxBlocked(int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("negative: " + limit);
    }
    int old = maxBlocked;
    maxBlocked = limit;
    return old;
  }

  /**
   * Ends the scheduler: its threads leave as soon as they have nothing to run. What is queued, or
   * is submitted later, still runs, on plain threads, of which a sleeping one is not replaced.
   */
  @Override
  public void close() {
    // The threads leave by themselves: they are daemons, and time out.
  }

  private int processors() {
    int count = options.processors();
    return count == 0 ? Runtime.getRuntime().availableProcessors() : count;
  }
}
