package io.syslet.linux;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs the continuations of schedulers that have been closed: a virtual thread that still lives
 * then goes on. As many plain threads as there is work; they leave when idle.
 */
final class Leftovers {
  private static final ThreadPoolExecutor POOL =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          5,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("syslet-leftover-", 0).factory());

  private Leftovers() {}

  static void execute(Runnable continuation) {
    POOL.execute(continuation);
  }
}
