package io.syslet.kernel;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long a kernel lives: until it has been closed and everybody has left it. One word holds
 * whether it is closing, and how many are in it: its tasks, plain threads in a call or a wait, and
 * until the end of {@code close} the kernel itself.
 *
 * <pre>
 *   OPEN, 1 + n      --refuse--------------------> CLOSING, 1 + n
 *   CLOSING, n       --leave---------------------> CLOSING, n − 1
 *   CLOSING, 1       --leave: true---------------> CLOSING, 0: the caller frees what there is
 * </pre>
 *
 * Who enters does so by compare-and-set while the kernel is open, so nobody is in it when it is
 * freed. Any thread.
 */
final class Lifetime {
  private static final int CLOSING = Integer.MIN_VALUE;
  private final AtomicInteger state = new AtomicInteger(1);
  private volatile boolean silent;

  /** A task or a call begins: false if the kernel is closing. */
  boolean enter() {
    return state.getAndUpdate(now -> now < 0 ? now : now + 1) >= 0;
  }

  /** A wait, or what goes on with a call in flight, begins: false if nobody is left. */
  boolean enterForCall() {
    return state.getAndUpdate(now -> now == CLOSING ? now : now + 1) != CLOSING;
  }

  /** Somebody who had entered leaves, or the kernel itself: whether nobody is left. */
  boolean leave() {
    return state.decrementAndGet() == CLOSING;
  }

  /** How many others are in it than the kernel itself; for the one who closes. */
  int others() {
    return (state.get() & ~CLOSING) - 1;
  }

  /** No task begins from now on: whether this was the first time. */
  boolean refuse() {
    return (state.getAndUpdate(now -> now | CLOSING) & CLOSING) == 0;
  }

  boolean isClosing() {
    return state.get() < 0;
  }

  /** The last completion has been posted. */
  void silence() {
    silent = true;
  }

  /** Whether no completion will be posted any more. */
  boolean isSilent() {
    return silent;
  }
}
