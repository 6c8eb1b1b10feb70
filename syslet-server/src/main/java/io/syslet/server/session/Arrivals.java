package io.syslet.server.session;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Where the threads of clients and the poller of a session meet: connections come while others
 * break or wait too long, and the newest has the session. Any thread.
 */
final class Arrivals {
  /** A bell that the poller has not answered. */
  private final AtomicBoolean isRung = new AtomicBoolean();

  private @Nullable Port newestPort;
  private long newest;
  private long attached;
  private boolean isClosed;

  /** A client comes over a new connection: false if it is too late. */
  synchronized boolean arrive(Port port, long connection) {
    if (isClosed) {
      return false;
    }
    newestPort = port;
    newest = connection;
    return true;
  }

  /** The port of the newest connection; null before the first. */
  synchronized @Nullable Port newestPort() {
    return newestPort;
  }

  /** Whether no connection has come after that one. */
  synchronized boolean isNewest(long connection) {
    return newest == connection;
  }

  /** The poller knows of a connection. */
  synchronized void attached(long connection) {
    attached = connection;
  }

  /** Nobody can come any more. */
  synchronized void close() {
    isClosed = true;
  }

  /** Closes unless somebody has come of whom the poller does not know yet: whether it is closed. */
  synchronized boolean closeUnlessAwaited() {
    isClosed |= newest == attached;
    return isClosed;
  }

  /** Rings: whether the poller must be told. */
  boolean ring() {
    return isRung.compareAndSet(false, true);
  }

  /** The poller was told; the next ring is another one. */
  void answerBell() {
    isRung.set(false);
  }
}
