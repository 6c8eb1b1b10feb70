package io.syslet.server.net;

import io.netty.channel.Channel;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.ring.Memory;
import io.syslet.server.session.Peer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Set;

/** Who is at the other end of a Unix socket, as the kernel noted when it connected: unix(7). */
final class UnixPeers {
  private static final int SOL_SOCKET = 1;
  private static final int SO_PEERCRED = 17;
  private static final int STRUCT_UCRED = 12;

  private final Kernel kernel;
  private final Set<Long> allowed;

  /**
   * @param allowed users; our own if it is empty.
   */
  UnixPeers(Kernel kernel, Set<Long> allowed) {
    this.kernel = kernel;
    this.allowed = allowed.isEmpty() ? Set.of(kernel.syscall(Nr.GETEUID, 0, 0, 0)) : allowed;
  }

  /** Who it is. */
  Peer of(Channel channel) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long ucred = arena.allocate(STRUCT_UCRED + 4, 8).address();
      long length = ucred + STRUCT_UCRED;
      Memory.putInt(length, STRUCT_UCRED);
      int fd = Descriptors.of(channel);
      long error = kernel.syscall(Nr.GETSOCKOPT, fd, SOL_SOCKET, SO_PEERCRED, ucred, length, 0);
      if (error < 0) {
        throw new IOException("SO_PEERCRED: " + error);
      }
      long uid = Integer.toUnsignedLong(Memory.getInt(ucred + 4));
      long gid = Integer.toUnsignedLong(Memory.getInt(ucred + 8));
      return Peer.unix(uid, gid, Memory.getInt(ucred));
    }
  }

  /** Whether it may have a session. */
  boolean mayEnter(Peer peer) {
    return allowed.contains(peer.uid());
  }
}
