package io.syslet.client;

import io.syslet.kernel.Uninterruptibly;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The answer to a batch that one thread has sent and waits for. */
final class PendingAnswer {
  private static final int NONE = Integer.MIN_VALUE;

  private final Thread thread;
  private final BooleanSupplier isOver;
  private volatile int result = NONE;
  private volatile boolean isCalled;

  /**
   * @param thread waits for the answer.
   */
  PendingAnswer(Thread thread) {
    this.thread = thread;
    this.isOver = () -> isThere() || isCalled;
  }

  /** Forgets the answer before; the batch is about to be sent. */
  void expect() {
    isCalled = false;
    result = NONE;
  }

  /** Brings the answer, and with it (release) whatever was written before. Any thread. */
  void bring(int accepted) {
    result = accepted;
    LockSupport.unpark(thread);
  }

  /**
   * Calls who waits, to read the answer itself. Any thread.
   *
   * @return false if that is not for it.
   */
  boolean call() {
    if (!mayRead()) {
      return false;
    }
    isCalled = true;
    LockSupport.unpark(thread);
    return true;
  }

  /** The JDK closes a socket in which a virtual thread is interrupted while it reads. */
  boolean mayRead() {
    return !thread.isVirtual();
  }

  /** Whether it is there (acquire). */
  boolean isThere() {
    return result != NONE;
  }

  /** The answer, which is there. */
  int get() {
    return result;
  }

  /** Waits for the answer, or until called: whether it is there. */
  boolean await() {
    Uninterruptibly.park(this, isOver);
    isCalled = false;
    return isThere();
  }
}
