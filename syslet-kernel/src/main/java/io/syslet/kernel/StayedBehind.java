package io.syslet.kernel;

import io.syslet.Program;
import org.jspecify.annotations.Nullable;

/**
 * A worker that has stayed behind in a call whose user went on, as {@link Ending} sees it. All
 * methods are called by the worker's own thread.
 */
public interface StayedBehind {
  /** Whether somebody else has completed the call in its place: its program goes no further. */
  boolean isCanceled();

  /** {@link #next}: the rest of the program goes on without the worker, which has done its part. */
  long MOVED = Awaiter.WAITS;

  /**
   * What makes the calls of a program that need no worker while they wait; null if all need one.
   */
  default @Nullable Awaiter awaiter() {
    return null;
  }

  /** Another is to go on with the program: false if somebody else has completed the call. */
  default boolean letsGo() {
    return true;
  }

  /**
   * The errno with which somebody wants the call to end, and its program to go no further; or 0.
   */
  default int asked() {
    return 0;
  }

  /** The status of a call that has returned: of one that was interrupted for that, the error. */
  default long settled(long status) {
    return status;
  }

  /**
   * Makes the next call of the program, {@link Submission#call}, on the worker's stack.
   *
   * @return the call's value or −errno, {@linkplain #settled settled}; {@link #MOVED}.
   */
  long next(Submission program);

  /** Posts the completion, unless the call {@linkplain #isCanceled is canceled}. */
  void post(Submission of, long callerData, long status);

  /** Starts the frame of the call as a new task: false if there are no new tasks any more. */
  boolean launch(Program frame);
}
