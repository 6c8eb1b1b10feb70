package io.syslet.kernel.plain;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a kernel: the one that was used last is used next, those that are not needed
 * leave. Any thread.
 */
final class PlainWorkers {
  private final PlainKernel kernel;
  private final long idleNanos;
  private final ArrayDeque<PlainWorker> idle = new ArrayDeque<>();
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private final Set<PlainWorker> all = new LinkedHashSet<>();
  private int limit;
  private int made;
  private int most;
  private int alive;
  private int finishing;
  private @Nullable Runnable afterLast;

  PlainWorkers(PlainKernel kernel, int limit, long idleNanos) {
    this.kernel = kernel;
    this.limit = limit;
    this.idleNanos = idleNanos;
  }

  /** A worker's thread, not started. */
  static Thread thread(String name, Runnable worker) {
    return Thread.ofPlatform()
        .daemon()
        .inheritInheritableThreadLocals(false)
        .name(name)
        .unstarted(worker);
  }

  /** Nanoseconds after which a worker without work leaves. */
  long idleNanos() {
    return idleNanos;
  }

  /**
   * Takes a worker, new ones up to the limit. One that is about to be free is waited for.
   *
   * @return null if all are in calls.
   */
  synchronized @Nullable PlainWorker take() {
    while (idle.isEmpty() && !makes() && finishing > 0) {
      await();
    }
    return idle.poll();
  }

  /** Whether a worker stands by; if not, one is made for the next time where there may be more. */
  synchronized boolean spareReady() {
    if (!idle.isEmpty()) {
      return true;
    }
    makes();
    return false;
  }

  /** Has a worker do something else than a task's call, when one is free. */
  synchronized void execute(Runnable work) {
    if (idle.isEmpty() && !makes()) {
      waiting.add(work);
    } else {
      idle.remove().start(work);
    }
  }

  /** Makes a worker that is idle: whether there may be one more. */
  private boolean makes() {
    if (all.size() >= limit || afterLast != null) {
      return false;
    }
    PlainWorker worker = new PlainWorker(kernel, this, ++made);
    try {
      worker.begin();
    } catch (OutOfMemoryError e) {
      return false;
    }
    alive++;
    all.add(worker);
    most = Math.max(most, all.size());
    idle.push(worker);
    return true;
  }

  /** A short wait; an interrupt is the caller's own affair. */
  private void await() {
    boolean interrupted = false;
    for (int now = finishing; finishing == now && idle.isEmpty(); ) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A worker is free. */
  synchronized void giveBack(PlainWorker worker) {
    Runnable work = waiting.poll();
    if (work != null) {
      worker.start(work);
    } else if (all.size() > limit || afterLast != null) {
      all.remove(worker);
      worker.quit();
    } else {
      idle.push(worker);
    }
  }

  /** A worker posts its completion, or leaves its call to another, and will be free at once. */
  synchronized void finishing() {
    finishing++;
  }

  /** And is. */
  synchronized void finished(PlainWorker worker) {
    finishing--;
    giveBack(worker);
    notifyAll();
  }

  /** A worker that nobody needs wants to leave: whether it may. */
  synchronized boolean retire(PlainWorker worker) {
    return idle.remove(worker) && all.remove(worker);
  }

  /** A worker's thread ends: the last one of a kernel that has ended does what was to be done. */
  void left() {
    Runnable last = counted();
    if (last != null) {
      last.run();
    }
  }

  private synchronized @Nullable Runnable counted() {
    return --alive == 0 ? afterLast : null;
  }

  /** Sets the limit: the old one. */
  synchronized int limit(int newLimit) {
    int old = limit;
    limit = newLimit;
    while (all.size() > limit && !idle.isEmpty()) {
      giveBack(idle.remove());
    }
    return old;
  }

  /** How many there have been at most. */
  synchronized int most() {
    return most;
  }

  /** Those there are. */
  synchronized PlainWorker[] all() {
    return all.toArray(new PlainWorker[0]);
  }

  /** Tells all to leave when their calls have returned; the last one runs an action. */
  void end(Runnable action) {
    if (ends(action)) {
      action.run();
    }
  }

  private synchronized boolean ends(Runnable action) {
    afterLast = action;
    while (!idle.isEmpty()) {
      giveBack(idle.remove());
    }
    return alive == 0;
  }
}
