package io.syslet.ring;

import io.syslet.ring.WaitQueues.Waiter;

/**
 * A wait without a thread: an action in a bucket, for the next wake-up, which may be spurious. Who
 * waits registers, then looks at the ring or word again, and only then stops looking.
 *
 * <p>The action runs in whoever wakes, so it is short, does not throw, and does not wait; it may
 * run before the registration has returned. For a waiter of a kernel that has coroutines for tasks.
 */
public final class WakeUp implements AutoCloseable {
  private final WaitBucket bucket;
  private final Waiter waiter;
  private final Runnable atClose;

  WakeUp(WaitBucket bucket, Runnable action, Runnable atClose) {
    this.bucket = bucket;
    this.atClose = atClose;
    this.waiter = bucket.enter(new Action(action));
  }

  /** Whether the action has been started. */
  public boolean isDone() {
    return waiter.signalled;
  }

  /** Ends the wait; the action may still be called by a waker who is about to. Once. */
  @Override
  public void close() {
    bucket.leave(waiter);
    atClose.run();
  }

  private static final class Action extends Waiter {
    private final Runnable action;

    Action(Runnable action) {
      this.action = action;
    }

    @Override
    void signal() {
      signalled = true;
      action.run();
    }
  }
}
