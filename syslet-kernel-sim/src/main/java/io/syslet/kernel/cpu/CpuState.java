package io.syslet.kernel.cpu;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * All that decides who has a {@link HostedCpu}, in one word, so that it changes in one step:
 *
 * <pre>
 *     63       62     61    60      20 19        0
 *   +--------+------+-----+-----------+----------+
 *   | closed | held | irq |  guests   | sleepers |
 *   +--------+------+-----+-----------+----------+
 *   closed    shutdown has begun: nobody gets in any more
 *   held      a thread owns the processor; owner and nesting are its own
 *   irq       an interrupt was left to the owner
 *   guests    threads at the semaphore: counted, and not yet back from down()
 *   sleepers  those among them that nobody has woken yet
 * </pre>
 *
 * <ul>
 *   <li>get: free &rarr; held, in one compare-and-set. If held: guests + 1 and sleepers + 1, then
 *       down(); back from it, guests &minus; 1, and again from the start.
 *   <li>put: held &rarr; free and sleepers &minus; 1, then up() if there was one. A thread that
 *       came to sleep meanwhile has changed the word, so the compare-and-set fails and sees it: no
 *       wake-up is lost. Neither is an interrupt: whoever leaves one sets irq only while held is
 *       set, and put clears held only while irq is not.
 *   <li>shutdown: closed, sleepers = 0, then up() for each. Those find the gate closed and leave.
 *       The word can become <em>closed and nothing else</em>, but for irq, only once; who makes it
 *       that, be it the owner with its last put, the last guest, or shutdown itself, frees: nobody
 *       is at the semaphore then, and nobody will come.
 * </ul>
 */
abstract sealed class CpuState permits HostedCpu {
  private static final long CLOSED = 1L << 63;
  private static final long HELD = 1L << 62;
  private static final long IRQ = 1L << 61;
  private static final long GUEST = 1L << 20;
  private static final long SLEEPER = 1;
  private static final long SLEEPERS = GUEST - 1;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(CpuState.class, "state", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile long state;

  CpuState() {}

  /** The word as it is now. */
  final long state() {
    return state;
  }

  static boolean isClosed(long word) {
    return word < 0;
  }

  static boolean isHeld(long word) {
    return (word & HELD) != 0;
  }

  static boolean hasIrq(long word) {
    return (word & IRQ) != 0;
  }

  /** Those at the semaphore whom nobody has woken yet. */
  static long sleepers(long word) {
    return word & SLEEPERS;
  }

  /** Closed, and nobody is there or will come. */
  static boolean isOver(long word) {
    return (word & ~IRQ) == CLOSED;
  }

  /** Takes a free processor; may fail for no reason. */
  final boolean hold(long word) {
    return STATE.weakCompareAndSet(this, word, word | HELD);
  }

  /** The word after the owner's last put, which wakes one sleeper if there is one. */
  static long released(long word) {
    return (word & ~HELD) - Math.min(sleepers(word), SLEEPER);
  }

  /** Gives the processor up; may fail for no reason. */
  final boolean release(long word) {
    return STATE.weakCompareAndSet(this, word, released(word));
  }

  /** One guest and sleeper more; may fail for no reason. */
  final boolean lieDown(long word) {
    return STATE.weakCompareAndSet(this, word, word + GUEST + SLEEPER);
  }

  /** One guest less, who is back from the semaphore: the word after that. */
  final long getUp() {
    return (long) STATE.getAndAdd(this, -GUEST) - GUEST;
  }

  /** Leaves an interrupt to the owner: false if there is none. */
  final boolean leaveIrq() {
    for (; ; ) {
      long now = state;
      if (!isHeld(now)) {
        return false;
      }
      if (STATE.weakCompareAndSet(this, now, now | IRQ)) {
        return true;
      }
    }
  }

  /** The owner takes up the interrupts that were left. */
  final void takeIrqs() {
    long _ = (long) STATE.getAndBitwiseAnd(this, ~IRQ);
  }

  /** The word after {@link #close}. */
  static long closed(long word) {
    return (word & ~SLEEPERS) | CLOSED;
  }

  /**
   * Closes the gate, once. Whoever closes it wakes those who slept.
   *
   * @return the word before, which says whether it was closed already.
   */
  final long close() {
    long now = state;
    while (!isClosed(now) && !STATE.weakCompareAndSet(this, now, closed(now))) {
      now = state;
    }
    return now;
  }
}
