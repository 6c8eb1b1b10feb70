package io.syslet.client;

import io.syslet.client.wire.Wire;
import java.util.concurrent.Semaphore;

/**
 * How much may be on its way to a server without an answer: {@link Wire#WINDOW}. So much the server
 * takes whatever it is about, so that nobody who sends waits for long, and acknowledgements get
 * through: a server that waits for those takes no batch, and if it read no more there would be
 * none.
 *
 * <p>Who waits is let in in order. Any thread.
 */
final class SendWindow {
  private static final int LEAST = Wire.WINDOW / Wire.WINDOW_BATCHES;
  private static final int NO_END = Integer.MAX_VALUE / 2;

  private final Semaphore bytes = new Semaphore(Wire.WINDOW, true);

  /**
   * Waits until a batch may be sent; an interrupt does not end that.
   *
   * @param length of its frame, in bytes.
   * @return what it takes, to be given back when it is answered.
   */
  int enter(int length) {
    int taken = Math.max(length, LEAST);
    bytes.acquireUninterruptibly(taken);
    return taken;
  }

  /** A batch was answered that took so much. */
  void leave(int taken) {
    bytes.release(taken);
  }

  /** Nobody waits any more, since nothing is sent. Once. */
  void open() {
    bytes.release(NO_END);
  }
}
