package io.syslet.ring;

import static io.syslet.ring.RingErrno.EFAULT;
import static io.syslet.ring.RingErrno.ETIME;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;

/**
 * The client's side of a {@link ServiceRing}: takes completions out and sleeps by futex. It trusts
 * the server, as a program trusts its kernel; no access leaves the ring all the same.
 *
 * <pre>
 *   client                               server
 *   sets its bit in waiters (fence)      kernel_head = h (fence)
 *   reads kernel_head again              reads waiters
 *   unchanged: FUTEX_WAIT                not zero: FUTEX_WAKE
 *   clears its bit
 * </pre>
 *
 * Whichever fence is first, the other side sees it. A server that is killed between its two steps
 * wakes nobody, so whoever knows that it is gone {@linkplain #wake wakes} in its place. One thread
 * at a time drains, and one thread at a time waits; they may be two. {@link #wake} and {@link
 * #close} may come from any thread.
 */
public final class RingView implements AutoCloseable {
  /** The bit of a client in the gate's waiters; a served ring has no other participant. */
  static final int CLIENT = 1;

  private static final long NO_DEADLINE = Long.MAX_VALUE;
  private static final long AGAIN_NANOS = 50_000;

  private final RingMemory memory;
  private final RingConsumer consumer;
  private volatile boolean closed;
  private volatile boolean waiting;

  private RingView(RingMemory memory) {
    this.memory = memory;
    this.consumer = new RingConsumer(memory);
  }

  /**
   * A view of memory that {@link ServiceRing#serve} has formatted; the memory must outlive it.
   *
   * @throws IllegalArgumentException if it is no ring, too small or of another version
   */
  public static RingView of(MemorySegment shared) {
    int error = RingFormat.checkServed(shared);
    if (error != 0) {
      throw new IllegalArgumentException("not a served ring: " + error);
    }
    return new RingView(RingMemory.of(shared.address(), RingFormat.elements(shared.address())));
  }

  /** Address of the v7 header. */
  public long address() {
    return memory.base;
  }

  /** How many slots, as checked at the start. */
  public int elements() {
    return memory.elements;
  }

  /** {@code kernel_head}, a free-running u32; acquire. */
  public int head() {
    return memory.head();
  }

  /** {@code user_tail}, a free-running u32. */
  public int tail() {
    return memory.tail();
  }

  /**
   * Hands completions to a handler, in order, then stores the tail with release.
   *
   * @param limit how many at most
   * @return how many, 0 when empty; −EINVAL when head and tail make no sense
   */
  public int drain(CompletionHandler handler, int limit) {
    return consumer.drain(handler, limit);
  }

  /**
   * Hands completions to a handler, in order, and leaves the tail where it is: the server keeps
   * them until {@link #consumed}.
   *
   * @param from the free-running index of the first one; the tail, or as many behind it as were
   *     read
   * @return how many, 0 when there is none
   */
  public int read(int from, CompletionHandler handler) {
    int unread = memory.head() - from;
    if (Integer.compareUnsigned(unread, memory.elements) > 0) {
      return 0;
    }
    for (int i = 0; i < unread; i++) {
      handler.onCompletion(memory.status(from + i), memory.callerData(from + i));
    }
    return unread;
  }

  /** Stores the tail with release: what lies before it is not needed any more. */
  public void consumed(int tail) {
    memory.tail(tail);
  }

  /**
   * Sleeps until {@code kernel_head} is not {@code userIndex}. Holds its thread.
   *
   * @param deadlineNanos of {@link System#nanoTime()}, or {@link Long#MAX_VALUE} for none
   * @return 0, at once if it is so already; −ETIME; −EFAULT after {@link #close}
   */
  public int await(int userIndex, long deadlineNanos) {
    waiting = true;
    try {
      int result = test(userIndex, deadlineNanos);
      return result > 0 ? sleep(userIndex, deadlineNanos) : result;
    } finally {
      waiting = false;
    }
  }

  private int sleep(int userIndex, long deadline) {
    memory.setWaiter(CLIENT);
    int result;
    while ((result = test(userIndex, deadline)) > 0) {
      Futex.await(memory.base, userIndex, deadline);
    }
    memory.clearWaiter(CLIENT);
    return result;
  }

  /** 0 or an error ends the wait, 1 goes on. */
  private int test(int userIndex, long deadline) {
    if (closed) {
      return -EFAULT;
    }
    if (memory.headVolatile() != userIndex) {
      return 0;
    }
    return deadline != NO_DEADLINE && System.nanoTime() - deadline >= 0 ? -ETIME : 1;
  }

  /** Has whoever waits look again, in place of a server that may have died before it could. */
  public void wake() {
    Futex.wakeAll(memory.base);
  }

  /**
   * Ends a wait with −EFAULT, and every later one; returns when nobody waits any more. The memory
   * stays.
   */
  @Override
  public void close() {
    closed = true;
    while (waiting) {
      wake();
      LockSupport.parkNanos(AGAIN_NANOS);
    }
  }
}
