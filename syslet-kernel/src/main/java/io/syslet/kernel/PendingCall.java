package io.syslet.kernel;

/**
 * A call that was answered −ESYSLETPENDING, as whoever wants to take it back sees it: a thread that
 * sleeps in it, or an entry of a table. The objects may serve one call after the other, so a call
 * is known by its {@linkplain #turn turn}. Any thread may call.
 *
 * <p>What is told of a call is that of a turn if {@link #take} finds that turn in progress
 * afterwards.
 */
public interface PendingCall {
  /** Names the call that is pending now, among all of this object; 0 if none is. */
  long turn();

  /** The address of the ring or word that it completes to, or 0. */
  long target();

  /** Its caller data, in a program that of the call in progress. */
  long callerData();

  /** The number of the call in progress. */
  long nr();

  /** The descriptors among its arguments ({@link CallDescriptors}). */
  long descriptors();

  /**
   * Takes a call back, or asks it to end. Whoever asks repeats that with the same object until the
   * answer is another than {@link Cancellation#ASKED}.
   *
   * @return 0: the call has ended, or is about to, with −{@link Cancellation#error}; −EALREADY:
   *     with its own status, or somebody else has asked before; −ENOENT: its turn is over; {@link
   *     Cancellation#ASKED}.
   */
  int take(Cancellation by);
}
