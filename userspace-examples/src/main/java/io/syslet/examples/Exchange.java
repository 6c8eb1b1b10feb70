package io.syslet.examples;

import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Directories on their way from a task that has plenty to one that has none. A task without work
 * waits in its own completion ring, and a completion that only wakes it comes with the gift. The
 * walk is over when every task waits and no gift is left.
 */
final class Exchange {
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Directory> gifts = new ArrayDeque<>();
  private final ArrayDeque<TreeWalk> idle = new ArrayDeque<>();
  private final int tasks;
  private volatile int hungry;
  private volatile int stock;
  private volatile boolean over;

  Exchange(int tasks) {
    this.tasks = tasks;
  }

  /** How many tasks wait for a gift; may be a moment old. */
  int hungry() {
    return hungry;
  }

  /** Whether another task than the caller has work; may be a moment old. */
  boolean othersWork() {
    return hungry < tasks - 1;
  }

  boolean isOver() {
    return over;
  }

  /** Gives an open directory, with nothing read of it, to whoever comes first. */
  void give(Directory directory) {
    lock.lock();
    try {
      gifts.addLast(directory);
      stock = gifts.size();
      wakeOne();
    } finally {
      lock.unlock();
    }
  }

  /** Whether gifts are there that nobody has taken; may be a moment old. */
  boolean hasStock() {
    return stock > 0;
  }

  /** Takes a gift if there is one; never waits. */
  @Nullable Directory takeNow() {
    if (stock == 0) {
      return null;
    }
    lock.lock();
    try {
      Directory gift = gifts.pollFirst();
      stock = gifts.size();
      return gift;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a gift; null when the walk is over. */
  @Nullable Directory take(TreeWalk task) {
    while (!over) {
      Directory gift = poll(task);
      if (gift != null) {
        return gift;
      }
      if (!over) {
        task.calls.awaitWake();
      }
    }
    return null;
  }

  private @Nullable Directory poll(TreeWalk task) {
    lock.lock();
    try {
      Directory gift = gifts.pollFirst();
      if (gift != null) {
        idle.remove(task);
      } else if (!idle.contains(task)) {
        idle.addLast(task);
      }
      hungry = idle.size();
      stock = gifts.size();
      if (hungry == tasks) {
        end();
      }
      return gift;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the walk, whatever is left to do. */
  void end() {
    lock.lock();
    try {
      over = true;
      while (!idle.isEmpty()) {
        wakeOne();
      }
    } finally {
      lock.unlock();
    }
  }

  private void wakeOne() {
    TreeWalk task = idle.pollLast();
    hungry = idle.size();
    if (task != null) {
      task.calls.wake();
    }
  }
}
