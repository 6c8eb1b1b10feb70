package io.syslet.client;

import io.syslet.kernel.Uninterruptibly;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The answer to a batch that one thread has sent and waits for. */
final class PendingAnswer {
  private static final int NONE = Integer.MIN_VALUE;

  private final Thread thread;
  private final BooleanSupplier isThere;
  private volatile int result = NONE;

  /**
   * @param thread waits for the answer.
   */
  PendingAnswer(Thread thread) {
    this.thread = thread;
    this.isThere = () -> result != NONE;
  }

  /** Forgets the answer before; the batch is about to be sent. */
  void expect() {
    result = NONE;
  }

  /** Brings the answer, and with it (release) whatever was written before. Any thread. */
  void bring(int accepted) {
    result = accepted;
    LockSupport.unpark(thread);
  }

  /** Waits for the answer. */
  int await() {
    Uninterruptibly.park(this, isThere);
    return result;
  }
}
