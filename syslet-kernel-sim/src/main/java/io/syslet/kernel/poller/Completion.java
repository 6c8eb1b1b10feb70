package io.syslet.kernel.poller;

import io.syslet.Errno;

/**
 * One says that something is done, others wait for it; all within one main loop. Each {@link
 * #complete} lets one through, {@link #completeAll} everyone from then on.
 *
 * <p>Waiting is {@linkplain MainLoop#pause pausing}: a poller or bthread yields, anyone else runs
 * the loop meanwhile.
 *
 * <p>Source: Linux's {@code include/linux/completion.h}, and barebox's.
 */
public final class Completion {
  private static final int ALL = Integer.MAX_VALUE;

  private final MainLoop loop;
  private int done;

  /** One that is not done. */
  public Completion(MainLoop loop) {
    this.loop = loop;
  }

  /** Makes it not done again. */
  public void init() {
    done = 0;
  }

  /** Lets one through. */
  public void complete() {
    done += done == ALL ? 0 : 1;
  }

  /** Lets all through, also those who come later. */
  public void completeAll() {
    done = ALL;
  }

  /** Whether a wait would not wait. */
  public boolean isDone() {
    return done > 0;
  }

  /** Goes through if that needs no wait: whether it was so. */
  public boolean tryWait() {
    boolean now = done > 0;
    done -= now && done != ALL ? 1 : 0;
    return now;
  }

  /** Waits until it is let through. */
  public void await() {
    while (!tryWait()) {
      loop.pause();
    }
  }

  /**
   * Waits until it is let through, or the time is over.
   *
   * @return nanoseconds that were left, at least 1; or 0 if it was not let through in time.
   */
  public long await(long ns) {
    long end = loop.after(ns);
    while (!tryWait()) {
      if (loop.now() >= end) {
        return 0;
      }
      loop.pause();
    }
    return Math.max(1, end - loop.now());
  }

  /**
   * Waits until it is let through, or someone wants the wait to end: the bthread that waits is to
   * stop, or the loop was {@linkplain MainLoop#interrupt interrupted}.
   *
   * @return 0, or −ERESTARTSYS if the wait was to end first.
   */
  public int awaitInterruptibly() {
    while (!tryWait()) {
      if (loop.takeInterrupt()) {
        return -Errno.ERESTARTSYS;
      }
      loop.pause();
    }
    return 0;
  }
}
