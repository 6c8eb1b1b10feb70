package io.syslet.server.net;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.client.wire.Address;
import io.syslet.ring.HostCalls;
import io.syslet.ring.Memory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The listening sockets that a service manager has opened and passes, as sd_listen_fds(3) says:
 * from descriptor 3 on, as many as LISTEN_FDS, if LISTEN_PID is this process.
 */
public final class PassedSockets {
  private static final int FIRST = 3;
  private static final int MOST = 1024;
  private static final int F_SETFD = 2;
  private static final int FD_CLOEXEC = 1;
  private static final int SOL_SOCKET = 1;
  private static final int SO_TYPE = 3;
  private static final int SO_ACCEPTCONN = 30;
  private static final int SOCK_STREAM = 1;
  private static final int AF_UNIX = 1;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int NAME = 128;

  private PassedSockets() {}

  /**
   * Finds them, each by the address that it is bound to. They stay open, and no child gets them.
   *
   * @throws IOException with one line that says which is no Unix or TCP socket that listens.
   */
  public static Map<Address, Integer> of(Map<String, String> environment) throws IOException {
    String ours = Long.toString(ProcessHandle.current().pid());
    Map<Address, Integer> sockets = new LinkedHashMap<>();
    if (ours.equals(environment.get("LISTEN_PID"))) {
      int count = count(environment.getOrDefault("LISTEN_FDS", ""));
      for (int descriptor = FIRST; descriptor < FIRST + count; descriptor++) {
        HostCalls.call(Nr.FCNTL, descriptor, F_SETFD, FD_CLOEXEC, 0, 0, 0);
        sockets.put(address(descriptor), descriptor);
      }
    }
    return sockets;
  }

  private static int count(String text) throws IOException {
    try {
      int count = Integer.parseInt(text);
      if (count >= 0 && count <= MOST) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IOException("LISTEN_FDS: a number of sockets, not " + text);
  }

  private static Address address(int descriptor) throws IOException {
    if (option(descriptor, SO_TYPE) != SOCK_STREAM || option(descriptor, SO_ACCEPTCONN) != 1) {
      throw failure(descriptor, "no stream socket that listens");
    }
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocate(NAME + Integer.BYTES, Long.BYTES).address();
      Memory.putInt(name + NAME, NAME);
      long error = HostCalls.call(Nr.GETSOCKNAME, descriptor, name, name + NAME, 0, 0, 0);
      if (error < 0) {
        throw failure(descriptor, Errno.text((int) -error));
      }
      return switch (Memory.getUnsignedShort(name)) {
        case AF_UNIX -> unix(descriptor, name, Memory.getInt(name + NAME));
        case AF_INET -> tcp(name, name + 4, 4);
        case AF_INET6 -> tcp(name, name + 8, 16);
        default -> throw failure(descriptor, "neither a Unix nor a TCP socket");
      };
    }
  }

  private static int option(int descriptor, int option) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long value = arena.allocate(8, 8).address();
      Memory.putInt(value + 4, 4);
      long error =
          HostCalls.call(Nr.GETSOCKOPT, descriptor, SOL_SOCKET, option, value, value + 4, 0);
      if (error < 0) {
        throw failure(descriptor, Errno.text((int) -error));
      }
      return Memory.getInt(value);
    }
  }

  private static Address unix(int descriptor, long name, int length) throws IOException {
    byte[] path = CString.bytes(name + Short.BYTES, Math.max(length - Short.BYTES - 1, 0));
    if (path.length == 0 || path[0] != '/') {
      throw failure(descriptor, "a Unix socket without a path");
    }
    return new Address.Unix(Path.of(new String(path, StandardCharsets.UTF_8)));
  }

  private static Address tcp(long name, long host, int length) throws IOException {
    int port = Short.toUnsignedInt(Short.reverseBytes((short) Memory.getUnsignedShort(name + 2)));
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = Memory.getByte(host + i);
    }
    InetAddress at = InetAddress.getByAddress(bytes);
    return new Address.Tls(at.getHostAddress(), port);
  }

  private static IOException failure(int descriptor, String what) {
    return new IOException("LISTEN_FDS: descriptor " + descriptor + ": " + what);
  }
}
