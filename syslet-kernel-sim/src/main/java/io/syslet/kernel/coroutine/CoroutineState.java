package io.syslet.kernel.coroutine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Where a coroutine is in its life, and whether a context will enter it: one word, so that of many
 * threads one enters. Any thread may ask.
 */
abstract sealed class CoroutineState permits Coroutine {
  static final int CREATED = 0;
  static final int SUSPENDED = 1;
  static final int ENTERED = 2;
  static final int FINISHED = 3;
  private static final int WHERE = 3;

  /** With any of the above: a context will enter it. */
  private static final int SCHEDULED = 4;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(CoroutineState.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile int state = CREATED;

  CoroutineState() {}

  /** The state, with whether a context will enter it. */
  final int state() {
    return state;
  }

  /** Goes from one state to another, if it is in that and no context will enter it. */
  final boolean change(int from, int to) {
    return STATE.compareAndSet(this, from, to);
  }

  /** Goes on from entered; a context may have been told to enter it meanwhile. */
  final void leave(int to) {
    int _ = (int) STATE.getAndAdd(this, to - ENTERED);
  }

  /**
   * Whether someone is inside: it runs, or waits for one that it entered.
   *
   * @return false before the first entry, while it is suspended, and when it has finished.
   */
  public final boolean entered() {
    return (state & WHERE) == ENTERED;
  }

  /** Whether it waits to be entered again. */
  public final boolean isSuspended() {
    return (state & WHERE) == SUSPENDED;
  }

  /** Whether the entry has returned or thrown. */
  public final boolean isFinished() {
    return (state & WHERE) == FINISHED;
  }

  /** Whether a context is about to enter it. */
  final boolean isScheduled() {
    return (state & SCHEDULED) != 0;
  }

  /** Notes that a context will enter it: false if that is known already. */
  final boolean schedule() {
    return ((int) STATE.getAndBitwiseOr(this, SCHEDULED) & SCHEDULED) == 0;
  }

  /** The context that will enter it does so now. */
  final void unschedule() {
    int _ = (int) STATE.getAndBitwiseAnd(this, ~SCHEDULED);
  }

  /** Its name for messages. */
  final String stateName() {
    return switch (state & WHERE) {
      case CREATED -> "created";
      case SUSPENDED -> "suspended";
      case ENTERED -> Coroutine.self() == this ? "running" : "entered";
      default -> "finished";
    };
  }
}
