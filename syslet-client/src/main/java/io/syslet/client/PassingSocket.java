package io.syslet.client;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.client.local.FdPassing;
import io.syslet.ring.HostCalls;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;

/** The client's end of the socket over which it passes descriptors; or none. Any thread. */
final class PassingSocket {
  private static final int NONE = -1;

  private int fd;

  /**
   * @param fd the socket, its own from now on; −1 for none.
   */
  PassingSocket(int fd) {
    this.fd = fd;
  }

  /** Sends a descriptor with a cookie: 0; −EOPNOTSUPP without a socket; −errno of sendmsg(2). */
  synchronized int send(int descriptor, long cookie) {
    if (fd < 0) {
      return -Errno.EOPNOTSUPP;
    }
    try (Arena arena = Arena.ofConfined()) {
      long message = arena.allocate(Long.BYTES, Long.BYTES).address();
      Memory.putLong(message, cookie);
      return Math.min(FdPassing.send(fd, message, Long.BYTES, descriptor), 0);
    }
  }

  synchronized void close() {
    if (fd >= 0) {
      HostCalls.send(Nr.CLOSE, fd, 0, 0, 0, 0, 0);
      fd = NONE;
    }
  }
}
