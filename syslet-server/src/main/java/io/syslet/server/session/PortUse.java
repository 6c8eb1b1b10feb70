package io.syslet.server.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.IntConsumer;

/**
 * A port and how many calls under way use its memory: it is closed when the session needs it no
 * more and the last of them has ended. The poller's alone.
 */
final class PortUse {
  private static final Logger LOG = System.getLogger(PortUse.class.getName());

  private final Port port;
  private final IntConsumer closer;
  private int calls;
  private boolean isRetired;

  /**
   * @param closer gets the port's socket for descriptors: what is left in there is closed with it,
   *     which may wait.
   */
  PortUse(Port port, IntConsumer closer) {
    this.port = port;
    this.closer = closer;
  }

  Port port() {
    return port;
  }

  void begin() {
    calls++;
  }

  void end() {
    calls--;
    closeIfUnused();
  }

  /** The session has another port now, or is over. */
  void retire() {
    isRetired = true;
    closeIfUnused();
  }

  private void close() {
    try {
      int socket = port.takePassingSocket();
      if (socket >= 0) {
        closer.accept(socket);
      }
      port.close();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a port cannot be closed", e);
    }
  }

  private void closeIfUnused() {
    if (isRetired && calls == 0) {
      isRetired = false;
      close();
    }
  }
}
