package io.syslet.kernel.coroutine;

import org.jspecify.annotations.Nullable;

/**
 * Where coroutines wait until someone wakes them: what the locks are built of.
 *
 * <p>Who wakes does not run the woken. They are handed to their homes, and each wake-up carries its
 * own list, so nobody needs the queue any more once it has been called: it may be forgotten while
 * they have yet to run. Any thread may call; that a condition is looked at and waited for in one
 * step is the caller's care, by living in one context or with a {@link CoMutex}.
 *
 * <p>Source: QEMU's {@code util/qemu-coroutine-lock.c}.
 */
public final class CoQueue {
  private final CoList waiters = new CoList();

  /**
   * Joins the end of the queue and yields, until woken.
   *
   * @throws IllegalStateException outside of a coroutine, or if it has no home.
   */
  public void await() {
    join(false);
  }

  /** Joins the front of the queue and yields, until woken. */
  public void awaitAtHead() {
    join(true);
  }

  /** Joins the end of the queue, lets go of the lock, yields until woken, and locks again. */
  public void await(CoMutex mutex) {
    Coroutine self = enqueue(false);
    mutex.unlock();
    try {
      sleep(self);
    } finally {
      mutex.lock();
    }
  }

  private void join(boolean atHead) {
    sleep(enqueue(atHead));
  }

  private Coroutine enqueue(boolean atHead) {
    Coroutine self = Coroutine.running("waits in a queue");
    self.homeToWaitIn();
    synchronized (waiters) {
      if (atHead) {
        waiters.addFirst(self);
      } else {
        waiters.addLast(self);
      }
    }
    return self;
  }

  private void sleep(Coroutine self) {
    sleep(self, waiters);
  }

  /** Yields until woken; one that is closed instead leaves the list: whether that was so. */
  static void sleep(Coroutine self, CoList waiters) {
    try {
      self.suspend();
    } finally {
      if (self.next != null) {
        synchronized (waiters) {
          waiters.remove(self);
        }
      }
    }
  }

  /** Wakes the first: whether there was one. */
  public boolean next() {
    Coroutine woken = remove();
    if (woken != null) {
      Context.wake(woken);
    }
    return woken != null;
  }

  /** Wakes all, in their order. */
  public void restartAll() {
    CoList all = new CoList();
    synchronized (waiters) {
      all.takeAll(waiters);
    }
    wakeAll(all);
  }

  static void wakeAll(CoList list) {
    for (Coroutine each = list.removeFirst(); each != null; each = list.removeFirst()) {
      Context.wake(each);
    }
  }

  /** Enters the first one now: whether there was one. Outside of a coroutine, in its home. */
  public boolean enterNext() {
    Coroutine woken = remove();
    if (woken != null) {
      woken.enter();
    }
    return woken != null;
  }

  /** Enters all now, in their order, and those that join while it does. */
  public void enterAll() {
    while (enterNext()) {
      // One after the other.
    }
  }

  /** Whether nobody waits. */
  public boolean isEmpty() {
    synchronized (waiters) {
      return waiters.isEmpty();
    }
  }

  private @Nullable Coroutine remove() {
    synchronized (waiters) {
      return waiters.removeFirst();
    }
  }
}
