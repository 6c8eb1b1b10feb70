package io.syslet.threads;

import io.syslet.kernel.VirtualThreads;
import io.syslet.linux.SchedulerOptions;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler of threadlets. Where it cannot run, it says why, in the log, and makes the JDK's own
 * virtual threads instead. Any thread may use it.
 */
public final class ThreadletScheduler implements AutoCloseable {
  private final @Nullable ThreadletPool pool;
  private final @Nullable String reason;

  private ThreadletScheduler(@Nullable ThreadletPool pool, @Nullable String reason) {
    this.pool = pool;
    this.reason = reason;
  }

  /** How one is made unless told otherwise; its threads and its MXBean are called "threadlets". */
  public static SchedulerOptions defaults() {
    return SchedulerOptions.defaults().name("threadlets");
  }

  /** Makes a scheduler, starts its threads, and registers its {@link ThreadletsMXBean}. */
  public static ThreadletScheduler open(SchedulerOptions options) {
    try {
      VirtualThreads.check();
      ThreadletPool pool = ThreadletPool.open(options);
      pool.figures().register();
      return new ThreadletScheduler(pool, null);
    } catch (UnsupportedOperationException | LinkageError e) {
      String why = Requirements.reason(e);
      System.getLogger("io.syslet.threads")
          .log(System.Logger.Level.WARNING, Requirements.STAY + why);
      return passThrough(why);
    }
  }

  /**
   * One that makes the JDK's own virtual threads, for a reason; or without one, as they are ours.
   */
  static ThreadletScheduler passThrough(@Nullable String reason) {
    return new ThreadletScheduler(null, reason);
  }

  /** Whether the virtual threads that it makes are threadlets. */
  public boolean isActive() {
    return reason == null;
  }

  /** Why they are not, if they are not: one line. */
  public Optional<String> whyNot() {
    return Optional.ofNullable(reason);
  }

  /**
   * The figures, and the setter of the limit; none where it makes the JDK's own virtual threads.
   */
  public Optional<ThreadletsMXBean> figures() {
    return Optional.ofNullable(pool).map(ThreadletPool::figures);
  }

  /** A builder of threadlets: names, inheritance and handlers as with {@link Thread#ofVirtual}. */
  public Thread.Builder.OfVirtual ofVirtual() {
    return pool == null ? Thread.ofVirtual() : VirtualThreads.builder(pool);
  }

  /** A factory of threadlets without names. */
  public ThreadFactory threadFactory() {
    return ofVirtual().factory();
  }

  /** An executor that starts a threadlet for each task, as the JDK's of this name does. */
  public ExecutorService newVirtualThreadPerTaskExecutor() {
    return Executors.newThreadPerTaskExecutor(threadFactory());
  }

  /**
   * Ends the scheduler: its workers leave when they have nothing to run. Threadlets that have not
   * ended run on, on plain threads, of which a sleeping one is not replaced.
   */
  @Override
  public void close() {
    if (pool != null) {
      pool.close();
    }
  }
}
