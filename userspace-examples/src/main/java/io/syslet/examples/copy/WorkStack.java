package io.syslet.examples.copy;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is left to do, the newest first: so a tree is finished from below, and what waits here stays
 * few listings per level however large it is. Any task.
 */
final class WorkStack {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final ArrayDeque<Item> items = new ArrayDeque<>();
  private int busy;
  private volatile boolean stopped;

  /** Adds what is to be done next, its first one first. */
  void add(List<? extends Item> first) {
    lock.lock();
    try {
      for (int i = first.size() - 1; i >= 0; i--) {
        items.push(first.get(i));
      }
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes something, which {@link #done} is told of; waits for it; null at the end of all. */
  @Nullable Item take() {
    lock.lock();
    try {
      while (!stopped && items.isEmpty() && busy > 0) {
        more.awaitUninterruptibly();
      }
      if (stopped || items.isEmpty()) {
        more.signalAll();
        return null;
      }
      busy++;
      return items.pop();
    } finally {
      lock.unlock();
    }
  }

  /** What was taken has been done. */
  void done() {
    lock.lock();
    try {
      if (--busy == 0 && items.isEmpty()) {
        more.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives up what has not been begun.
   *
   * @return whether this was the first to say so.
   */
  boolean stop() {
    lock.lock();
    try {
      boolean first = !stopped;
      stopped = true;
      more.signalAll();
      return first;
    } finally {
      lock.unlock();
    }
  }

  boolean isStopped() {
    return stopped;
  }
}
