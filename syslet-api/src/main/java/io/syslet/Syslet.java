package io.syslet;

/**
 * The constants of the entry (syslets v7, {@code include/linux/syslet-abi.h}, and our additions).
 */
public final class Syslet {
  /**
   * The call blocked: it goes on in the background, and its status comes to its completion target.
   * Returned negated. 132 is free for us although Linux calls it ERFKILL today: a call whose own
   * result is −132 is never returned inline but completed to its target, so −132 always means this.
   */
  public static final int ESYSLETPENDING = 132;

  /** Flag of {@code indirect}: −EAGAIN rather than block or go asynchronous. */
  public static final int NONBLOCK = 1;

  /** Flag of {@code indirect}: −EAGAIN rather than wait for a spare worker to be made. */
  public static final int ATOMIC = 1 << 1;

  /** All flags that {@code indirect} knows; any other is −EINVAL. */
  public static final int FLAGS = NONBLOCK | ATOMIC;

  /** Target: the completion goes to the ring that {@code completion_ring_ptr} names. */
  public static final int TARGET_RING = 0;

  /** Target: {@code completion_ring_ptr} names a completion word, not a ring. */
  public static final int TARGET_WORD = 1;

  /** Target: nobody is told; {@code completion_ring_ptr} is not read. */
  public static final int TARGET_NONE = 2;

  /**
   * Bit of the target: the call has a deadline, in nanoseconds from its start, 0 or more. If it
   * still sleeps by then it ends with −ETIMEDOUT.
   */
  public static final int TIMED = 1 << 31;

  private Syslet() {}
}
