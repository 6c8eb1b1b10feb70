package io.syslet.server.session;

/**
 * A port and how many calls under way use its memory: it is closed when the session needs it no
 * more and the last of them has ended. The poller's alone.
 */
final class PortUse {
  final Port port;
  private int calls;
  private boolean isRetired;

  PortUse(Port port) {
    this.port = port;
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

  private void closeIfUnused() {
    if (isRetired && calls == 0) {
      isRetired = false;
      port.close();
    }
  }
}
