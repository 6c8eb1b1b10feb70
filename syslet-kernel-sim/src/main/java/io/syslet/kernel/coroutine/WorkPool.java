package io.syslet.kernel.coroutine;

import io.syslet.Errno;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Host threads for what a coroutine cannot do without stopping its whole context. Results come back
 * to the context, from its loop, never from inside {@link #submit}.
 *
 * <p>Source: QEMU's {@code util/thread-pool.c}.
 */
public final class WorkPool implements AutoCloseable {
  private final ExecutorService threads;

  /** With at most so many threads. */
  public WorkPool(int threads) {
    this.threads =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("work-", 1).factory());
  }

  /**
   * Has a job done.
   *
   * @param done gets, in {@code context}, what the job returns, or −ECANCELED; exactly once.
   */
  public Work submit(Context context, LongSupplier job, LongConsumer done) {
    Work work = new Work(context, job, done);
    threads.execute(work::run);
    return work;
  }

  /** Has a job done while the coroutine that runs yields: what the job returns. */
  public long run(LongSupplier job) {
    Coroutine self = Coroutine.running("waits for a job");
    long[] result = {0};
    submit(
        self.homeToWaitIn(),
        job,
        value -> {
          result[0] = value;
          self.enter();
        });
    self.suspend();
    return result[0];
  }

  /** Lets the threads end when all that was submitted is done. */
  @Override
  public void close() {
    threads.shutdown();
  }

  /** A job that was submitted. */
  public static final class Work {
    private static final int WAITING = 0;
    private static final int STARTED = 1;

    private final AtomicInteger state = new AtomicInteger(WAITING);
    private final Context context;
    private final LongSupplier job;
    private final LongConsumer done;

    private Work(Context context, LongSupplier job, LongConsumer done) {
      this.context = context;
      this.job = job;
      this.done = done;
    }

    private void run() {
      if (state.compareAndSet(WAITING, STARTED)) {
        finish(job.getAsLong());
      }
    }

    private void finish(long result) {
      context.post(() -> done.accept(result));
    }

    /**
     * Takes the job back if it has not started; its result is then −ECANCELED. One that has started
     * goes on to its end.
     *
     * @return whether it was taken back.
     */
    public boolean cancel() {
      boolean early = state.compareAndSet(WAITING, STARTED);
      if (early) {
        finish(-Errno.ECANCELED);
      }
      return early;
    }
  }
}
