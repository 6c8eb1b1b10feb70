package io.syslet.kernel;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Carriers for the virtual threads that tasks start: these inherit our scheduler, but are no tasks
 * of ours. The JDK's own pollers may be among them, so the pool belongs to the JVM, not to a
 * kernel, and is never shut down; its threads are daemons and leave when idle.
 */
public final class ChildThreads {
  private static final ThreadPoolExecutor POOL = pool();

  private ChildThreads() {}

  /** Runs a continuation on a carrier of the pool. */
  public static void execute(Runnable continuation) {
    POOL.execute(continuation);
  }

  private static ThreadPoolExecutor pool() {
    int processors = Runtime.getRuntime().availableProcessors();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            processors,
            processors,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("syslet-child-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
