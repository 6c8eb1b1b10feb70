package io.syslet.kernel.cpu;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The JVM as a host: platform threads, real time. Its threads are daemons. */
public final class RealHost implements CpuHost, AutoCloseable {
  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("host-timer").factory());

  /** Another one. Starts no thread yet. */
  public RealHost() {}

  @Override
  public Object self() {
    return Thread.currentThread();
  }

  @Override
  public Semaphore semaphore(int count) {
    return new RealSemaphore(count);
  }

  @Override
  public HostThread start(String name, Runnable body) {
    Thread thread = Thread.ofPlatform().daemon().name(name).start(body);
    return () -> join(thread);
  }

  /** An interrupt does not end the wait; it is there again after. */
  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public long now() {
    return System.nanoTime();
  }

  @Override
  public void after(long ns, Runnable action) {
    Future<?> _ = timers.schedule(action, ns, TimeUnit.NANOSECONDS);
  }

  /** Takes back what {@link #after} has not run yet, and ends the thread for that. */
  @Override
  public void close() {
    timers.shutdownNow();
  }

  private static final class RealSemaphore extends java.util.concurrent.Semaphore
      implements Semaphore {
    private static final long serialVersionUID = 1;

    RealSemaphore(int count) {
      super(count);
    }

    @Override
    public void up() {
      release();
    }

    @Override
    public void down() {
      acquireUninterruptibly();
    }
  }
}
