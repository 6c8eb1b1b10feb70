package io.syslet.server.local;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.ring.HostCalls;
import io.syslet.ring.Memory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.function.IntUnaryOperator;

/**
 * Two sockets of messages that are connected: one stays here, the other is given to the client,
 * which passes descriptors over it. One thread at a time.
 */
final class SocketPair {
  private static final int AF_UNIX = 1;
  private static final int SEQPACKET_CLOEXEC = 5 | 0x80000;
  private static final int NONE = -1;

  private int own;
  private int other;

  private SocketPair(int own, int other) {
    this.own = own;
    this.other = other;
  }

  static SocketPair open() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long pair = arena.allocate(2 * Integer.BYTES, Long.BYTES).address();
      long error = HostCalls.call(Nr.SOCKETPAIR, AF_UNIX, SEQPACKET_CLOEXEC, 0, pair, 0, 0);
      if (error < 0) {
        throw new IOException("socketpair: " + Errno.text((int) -error));
      }
      return new SocketPair(Memory.getInt(pair), Memory.getInt(pair + Integer.BYTES));
    }
  }

  /** The end that stays here. */
  int own() {
    return own;
  }

  /** The end that stays here, which is the caller's from now on. */
  int takeOwn() {
    int taken = own;
    own = NONE;
    return taken;
  }

  /** Sends the other end; it is not ours any more afterwards. Returns what the sending does. */
  int give(IntUnaryOperator sending) {
    int sent = sending.applyAsInt(other);
    close(other);
    other = NONE;
    return sent;
  }

  void close() {
    close(own);
    close(other);
    own = NONE;
    other = NONE;
  }

  private static void close(int fd) {
    if (fd >= 0) {
      HostCalls.send(Nr.CLOSE, fd, 0, 0, 0, 0, 0);
    }
  }
}
