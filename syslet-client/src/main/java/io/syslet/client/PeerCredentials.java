package io.syslet.client;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.ring.HostCalls;
import io.syslet.ring.Memory;
import java.io.IOException;
import java.lang.foreign.Arena;

/**
 * Who is at the other end of a Unix socket, as the kernel noted when it was connected or began to
 * listen: SO_PEERCRED of unix(7).
 *
 * @param uid its user.
 * @param gid its group.
 * @param pid its process.
 */
public record PeerCredentials(long uid, long gid, int pid) {
  private static final int SOL_SOCKET = 1;
  private static final int SO_PEERCRED = 17;
  private static final int STRUCT_UCRED = 12;

  /**
   * Asks.
   *
   * @param socket a descriptor of ours.
   * @throws IOException if the kernel does not say.
   */
  public static PeerCredentials of(int socket) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long ucred = arena.allocate(STRUCT_UCRED + Integer.BYTES, Long.BYTES).address();
      long length = ucred + STRUCT_UCRED;
      Memory.putInt(length, STRUCT_UCRED);
      long error = HostCalls.call(Nr.GETSOCKOPT, socket, SOL_SOCKET, SO_PEERCRED, ucred, length, 0);
      if (error < 0) {
        throw new IOException("SO_PEERCRED: " + Errno.text((int) -error));
      }
      return new PeerCredentials(
          Integer.toUnsignedLong(Memory.getInt(ucred + 4)),
          Integer.toUnsignedLong(Memory.getInt(ucred + 8)),
          Memory.getInt(ucred));
    }
  }
}
