package io.syslet.kernel;

/**
 * Makes calls that need no thread while they wait. One task's or one worker's: for its own thread.
 *
 * <pre>
 *   make   a value or −errno, OTHER
 *   make   WAITS                        leave or drop must follow
 * </pre>
 */
public interface Awaiter {
  /** {@link #make}: a call for a thread; nothing has been done. */
  long OTHER = Long.MIN_VALUE;

  /** {@link #make}: the call has to wait. */
  long WAITS = Long.MIN_VALUE + 1;

  /**
   * Makes the call whose registers are at an address if it can be made without sleeping.
   *
   * @return its value or −errno; {@link #OTHER}; {@link #WAITS}.
   */
  long make(long registers);

  /**
   * Leaves the call that has to wait behind: it goes on by itself, perhaps to its end before this
   * returns.
   *
   * @param of what it completes by, with the rest of its program; the call's from now on.
   * @param callerData of the call, if it belongs to no program.
   */
  void leave(Submission of, long callerData);

  /**
   * Gives up the call that has to wait.
   *
   * @param error why.
   * @return how it ends: what it has done, or −error if that is nothing.
   */
  long drop(int error);
}
