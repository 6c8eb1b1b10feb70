package io.syslet.kernel.poller;

import java.util.ArrayDeque;

/**
 * Work for later: done in the loop's rounds, while no command runs.
 *
 * <p>Source: barebox's {@code common/workqueue.c}.
 */
public final class WorkQueue {
  private final ArrayDeque<Runnable> works = new ArrayDeque<>();

  WorkQueue() {}

  /** Adds something to be done. */
  public void queue(Runnable work) {
    works.add(work);
  }

  /** Takes all back that has not been begun. */
  public void cancelAll() {
    works.clear();
  }

  /** Does what was there when it was called. */
  void doAll() {
    for (int left = works.size(); left > 0; left--) {
      Runnable work = works.poll();
      if (work != null) {
        work.run();
      }
    }
  }
}
