package io.syslet.kernel;

import io.syslet.Errno;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one thread, which sleeps in them. One is asked to end by a signal, which its thread
 * minds while it is in the call; then, and only then, one is sent.
 *
 * <pre>
 *   the thread                             who asks
 *   begin: turn + 1, wish = none
 *   makes the call                         turn t is in progress?
 *                                          CAS wish: none -&gt; mine
 *                                          still t? lock mine: signal          again and again
 *   the call returns
 *   end: takes the wish, leaves CLOSED;
 *        lock it: no signal comes any more
 * </pre>
 *
 * A call that has done nothing returns −EINTR, and ends with the error of the wish; one that has
 * done something keeps its status. The turn changes before the wish is open again, so who comes
 * late sees another turn, and withdraws. In a program all calls have one turn; the thread says
 * which one is next before it looks for a wish, and who asks looks which one it is afterwards, so a
 * call that must not be interrupted is not.
 */
public abstract class ThreadCall extends NamedCall {
  private static final Cancellation CLOSED = new Cancellation(0, 0);
  private static final VarHandle TURN;

  static {
    try {
      TURN = MethodHandles.lookup().findVarHandle(ThreadCall.class, "turn", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final AtomicReference<@Nullable Cancellation> wish = new AtomicReference<>(CLOSED);
  private volatile long turn = 1;
  private volatile long pending;

  /** Nothing is under way. */
  protected ThreadCall() {}

  /** Sends the signal to the thread. */
  protected abstract void signal();

  /** Has the current thread, which is the call's, get the signals that were sent to it. */
  protected abstract void flush();

  // ---- the thread's side

  /** A call, or a program, begins: its turn. */
  public final long begin() {
    long now = turn + 1;
    TURN.setRelease(this, now);
    if (wish.getPlain() != null) {
      wish.set(null);
    }
    return now;
  }

  /**
   * A call with a deadline begins, which may pass before the call is handed over: its turn.
   *
   * @param registers address of its registers.
   */
  public final long begin(long registers) {
    long now = begin();
    name(registers, 0, 0);
    return now;
  }

  /** The turn that began last. */
  public final long begun() {
    return turn;
  }

  /**
   * The call of a turn has been handed over. By whoever has handed it over, or knows of it first.
   *
   * @param registers address of its registers.
   */
  public final synchronized void handedOver(long which, long registers, long to, long data) {
    if (pending != which && turn == which) {
      name(registers, to, data);
      pending = which;
    }
  }

  /**
   * The next call of a program that was handed over is about to be made.
   *
   * @return 0; or the error of a wish, and the call is not to be made.
   */
  public final int next(long registers, long to, long data) {
    synchronized (this) {
      name(registers, to, data);
      pending = turn;
    }
    return asked();
  }

  /** The errno of the wish that this call end; 0 if there is none. */
  public final int asked() {
    Cancellation now = wish.get();
    return now != null && now.turn() == turn ? now.error() : 0;
  }

  /** The status of a call that has returned: of one that was interrupted by a wish, its error. */
  public final long settled(long status) {
    int error = status == -Errno.EINTR ? asked() : 0;
    return error == 0 ? status : -error;
  }

  /** The call, or the program, ends with a {@linkplain #settled settled} status. */
  public final void end(long status) {
    Cancellation mine = wish.getAndSet(CLOSED);
    if (mine == null || mine.turn() != turn) {
      return;
    }
    if (mine.close()) {
      flush();
    }
    mine.ended(status);
  }

  /** Another goes on with the program: false if there is a wish, and the thread has to. */
  public final boolean leaves() {
    Cancellation now = wish.get();
    while (now == null || now.turn() != turn) {
      if (wish.compareAndSet(now, CLOSED)) {
        return true;
      }
      now = wish.get();
    }
    return false;
  }

  // ---- everybody's side

  @Override
  public final long turn() {
    long now = pending;
    return now == turn && wish.get() != CLOSED ? now : 0;
  }

  @Override
  public final int take(Cancellation by) {
    if (!by.isAccepted()) {
      int refused = accept(by);
      if (refused != 0) {
        return refused;
      }
    }
    if (by.outcome() == Cancellation.ASKED && !CallDescriptors.closes(nr())) {
      by.signal(this::signal);
    }
    return by.outcome();
  }

  /** Lets a wish in: 0 if it is. */
  private int accept(Cancellation by) {
    if (turn != by.turn()) {
      return -Errno.ENOENT;
    }
    if (!wish.compareAndSet(null, by)) {
      return refusal(wish.get(), by);
    }
    if (turn != by.turn()) {
      wish.compareAndSet(by, null);
      return -Errno.ENOENT;
    }
    by.accepted();
    return 0;
  }

  /** Another's wish is there; one for a turn that is over is about to be withdrawn. */
  private static int refusal(@Nullable Cancellation other, Cancellation by) {
    if (other == CLOSED) {
      return -Errno.ENOENT;
    }
    return other != null && other.turn() == by.turn() ? -Errno.EALREADY : Cancellation.ASKED;
  }
}
