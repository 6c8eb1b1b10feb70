package io.syslet.examples.cli;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.ring.HostCalls;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;

/** A socket of datagrams, as a service manager has one. One thread. */
final class NotifySocket implements AutoCloseable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int CAPACITY = 4096;
  private static final long PATIENCE_SECONDS = 60;

  private final Arena arena = Arena.ofConfined();
  private final long buffer = arena.allocate(CAPACITY, 8).address();
  private final long fd;

  /** At a path, or at an abstract name behind an at sign. */
  NotifySocket(String name) {
    fd = check(HostCalls.call(Nr.SOCKET, AF_UNIX, SOCK_DGRAM, 0, 0, 0, 0));
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    Memory.putByte(buffer, (byte) AF_UNIX);
    CString.put(buffer + 2, bytes);
    if (bytes[0] == '@') {
      Memory.putByte(buffer + 2, (byte) 0);
    }
    check(HostCalls.call(Nr.BIND, fd, buffer, 2L + bytes.length, 0, 0, 0));
    Memory.putLong(buffer, PATIENCE_SECONDS);
    Memory.putLong(buffer + 8, 0);
    check(HostCalls.call(Nr.SETSOCKOPT, fd, SOL_SOCKET, SO_RCVTIMEO, buffer, 16, 0));
  }

  private static long check(long result) {
    if (result < 0) {
      throw new IllegalStateException(Errno.describe(result));
    }
    return result;
  }

  /** Waits for the next datagram. */
  String next() {
    long length = check(HostCalls.call(Nr.RECVFROM, fd, buffer, CAPACITY - 1, 0, 0, 0));
    Memory.putByte(buffer + length, (byte) 0);
    return CString.toString(buffer, CAPACITY);
  }

  @Override
  public void close() {
    HostCalls.send(Nr.CLOSE, fd, 0, 0, 0, 0, 0);
    arena.close();
  }
}
