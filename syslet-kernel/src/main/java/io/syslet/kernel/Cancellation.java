package io.syslet.kernel;

import io.syslet.Errno;

/** One wish to take a pending call back, and what became of it. */
public final class Cancellation {
  /** From {@link PendingCall#take}: the call is asked to end, and has not ended yet. */
  public static final int ASKED = 1;

  private final int error;
  private final long turn;
  private volatile int outcome = ASKED;
  private boolean accepted;
  private boolean over;
  private boolean signalled;

  /**
   * Makes a wish.
   *
   * @param error what the call ends with if it has done nothing: ECANCELED, ETIMEDOUT.
   * @param turn which call of a {@link PendingCall}.
   */
  public Cancellation(int error, long turn) {
    this.error = error;
    this.turn = turn;
  }

  /** The errno that the call ends with. */
  public int error() {
    return error;
  }

  /** Which call is meant. */
  public long turn() {
    return turn;
  }

  /** What {@link PendingCall#take} answers, as far as is known. */
  public int outcome() {
    return outcome;
  }

  /** Whether the call knows of it. For the one who asks. */
  boolean isAccepted() {
    return accepted;
  }

  void accepted() {
    accepted = true;
  }

  /** Has the call signalled, unless it is over. */
  public synchronized void signal(Runnable signal) {
    if (!over) {
      signalled = true;
      signal.run();
    }
  }

  /** From now on no signal is sent: whether one was. */
  public synchronized boolean close() {
    over = true;
    return signalled;
  }

  /** The call has ended with a status. */
  public void ended(long status) {
    outcome = status == -error ? 0 : -Errno.EALREADY;
  }
}
