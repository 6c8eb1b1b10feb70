package io.syslet.hadoop;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/** For how long one thing is tried again, from the first failure since it went on. One thread. */
final class Patience {
  private static final long PAUSE_MILLIS = 2;

  private final Duration most;
  private long since;
  private boolean isFailing;

  Patience(Duration most) {
    this.most = most;
  }

  /** Something has worked. */
  void progress() {
    isFailing = false;
  }

  /**
   * Something has failed with a session: returns if it is to be tried again.
   *
   * @param path that the exception names.
   * @throws IOException if it cannot get better, or has been tried for long enough.
   */
  void failed(ServerDoor door, ServerSession with, RemoteError error, String path)
      throws IOException {
    if (!error.isLoss() && !error.isPassing()) {
      throw Failures.of(error, path);
    }
    if (!isFailing) {
      isFailing = true;
      since = System.nanoTime();
    }
    if (error.isLoss()) {
      door.lost(with);
    }
    if (System.nanoTime() - since >= most.toNanos()) {
      throw Failures.of(error, path);
    }
    if (error.isPassing()) {
      pause();
    }
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      throw ServerSession.interrupted(e);
    }
  }
}
