package io.syslet.threads;

import io.syslet.linux.SchedulerListener;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Hears of threadlets that sleep on their worker, and makes events of those that sleep for long.
 * The scheduler's own threads only leave word; a few others look at stacks, which may take as long
 * as the sleep: a thread in a page fault answers when the fault is over.
 */
final class BlockedThreads implements SchedulerListener {
  private static final int REPORTERS = 4;
  private static final int WAITING = 1024;

  private final SchedulerListener next;
  private final ConcurrentHashMap<Thread, BlockedThread> asleep = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor reporters;

  BlockedThreads(String name, SchedulerListener next) {
    this.next = next;
    this.reporters =
        new ThreadPoolExecutor(
            REPORTERS,
            REPORTERS,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name(name + "-reporter-", 0).factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    reporters.allowCoreThreadTimeOut(true);
  }

  @Override
  public long thresholdNanos() {
    return Math.min(SchedulerListener.super.thresholdNanos(), next.thresholdNanos());
  }

  @Override
  public void blocked(Thread worker, Runnable continuation, long nanos) {
    next.blocked(worker, continuation, nanos);
    BlockedThread thread = new BlockedThread(worker, continuation);
    asleep.put(worker, thread);
    report(thread::begin);
  }

  @Override
  public void returned(Thread worker, Runnable continuation, long nanos) {
    next.returned(worker, continuation, nanos);
    BlockedThread thread = asleep.isEmpty() ? null : asleep.remove(worker);
    if (thread != null) {
      thread.returned(nanos);
      report(thread::end);
    }
  }

  /** Where no thread can be started there is no report, as where there are too many. */
  private void report(Runnable report) {
    try {
      reporters.execute(report);
    } catch (OutOfMemoryError e) {
      // It is queued: who comes next may find a thread for both.
    }
  }
}
