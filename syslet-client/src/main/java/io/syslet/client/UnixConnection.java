package io.syslet.client;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.client.local.FdPassing;
import io.syslet.ring.HostCalls;
import io.syslet.ring.Memory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A Unix socket, with the descriptors that come over it. */
final class UnixConnection implements Connection {
  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MSG_PEEK = 2;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int SHUT_RDWR = 2;
  private static final int ADDRESS_LENGTH = 110;

  private final int fd;
  private final int[] received = {-1, -1, -1};

  /** Whoever sends holds this connection, and may have to be woken by its end. */
  private final Object state = new Object();

  /** Changed with both locks, so that either keeps the descriptor. */
  private boolean closed;

  private UnixConnection(int fd) {
    this.fd = fd;
  }

  /** Connects to a server of ours or root's, or says why not. */
  static UnixConnection connect(Path path) throws IOException {
    return connect(path, ClientOptions.OURS);
  }

  /** Connects to a server of ours, root's or another user's, or says why not. */
  static UnixConnection connect(Path path, long serverUser) throws IOException {
    long fd = HostCalls.call(Nr.SOCKET, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, 0, 0, 0);
    if (fd < 0) {
      throw new IOException("socket: " + Errno.text((int) -fd));
    }
    UnixConnection made = new UnixConnection((int) fd);
    try {
      made.connectTo(path);
      made.check(path, serverUser);
      return made;
    } catch (IOException e) {
      made.close();
      throw e;
    }
  }

  private void connectTo(Path path) throws IOException {
    long error = tryConnect(path);
    if (error < 0) {
      throw new IOException("unix:" + path + ": " + Errno.text((int) -error));
    }
  }

  /** Whoever made the socket reads what we send, and its memory becomes ours. */
  private void check(Path path, long allowed) throws IOException {
    long its = PeerCredentials.of(fd).uid();
    if (its != 0 && its != Users.own() && its != allowed) {
      throw new IOException("unix:" + path + ": the server is another user's: " + its);
    }
  }

  private long tryConnect(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      long address = arena.allocate(ADDRESS_LENGTH, 8).address();
      Memory.putByte(address, (byte) AF_UNIX);
      CString.put(address + 2, path.toString().getBytes(StandardCharsets.UTF_8));
      return HostCalls.call(Nr.CONNECT, fd, address, ADDRESS_LENGTH, 0, 0, 0);
    }
  }

  @Override
  public void timeout(Duration most) {
    try (Arena arena = Arena.ofConfined()) {
      long timeval = arena.allocate(16, 8).address();
      Memory.putLong(timeval, most.toSeconds());
      Memory.putLong(timeval + 8, most.toNanosPart() / 1000);
      HostCalls.send(Nr.SETSOCKOPT, fd, SOL_SOCKET, SO_RCVTIMEO, timeval, 16, 0);
    }
  }

  @Override
  public synchronized void send(long address, int length) throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    for (int sent = 0; sent < length; ) {
      long result =
          HostCalls.call(Nr.SENDTO, fd, address + sent, length - sent, MSG_NOSIGNAL, 0, 0);
      if (result < 0 && result != -Errno.EINTR) {
        throw new IOException(Errno.text((int) -result));
      }
      sent += (int) Math.max(result, 0);
    }
  }

  @Override
  public int receive(long address, int capacity) throws IOException {
    int[] fds = new int[received.length];
    int result;
    do {
      result = FdPassing.receive(fd, address, capacity, fds);
    } while (result == -Errno.EINTR);
    keep(fds);
    if (result < 0) {
      throw new IOException(result == -Errno.EAGAIN ? "no answer in time" : Errno.text(-result));
    }
    return result;
  }

  /** Whether the server has ended it, and nothing is left to receive. Does not wait. */
  boolean isOver() {
    try (Arena arena = Arena.ofConfined()) {
      long one = arena.allocate(1).address();
      return HostCalls.call(Nr.RECVFROM, fd, one, 1, MSG_PEEK | MSG_DONTWAIT, 0, 0) == 0;
    }
  }

  private void keep(int[] fds) {
    if (fds[0] >= 0) {
      discard();
      System.arraycopy(fds, 0, received, 0, fds.length);
    }
  }

  /** The descriptors that came, the caller's from now on; −1 for none. */
  int[] takeFiles() {
    int[] taken = {received[0], received[1]};
    received[0] = -1;
    received[1] = -1;
    return taken;
  }

  /** The socket to pass descriptors over that came, the caller's from now on; −1 for none. */
  int takePassing() {
    int taken = received[2];
    received[2] = -1;
    return taken;
  }

  private void discard() {
    for (int i = 0; i < received.length; i++) {
      if (received[i] >= 0) {
        HostCalls.send(Nr.CLOSE, received[i], 0, 0, 0, 0, 0);
        received[i] = -1;
      }
    }
  }

  @Override
  public void end() {
    synchronized (state) {
      if (!closed) {
        HostCalls.send(Nr.SHUTDOWN, fd, SHUT_RDWR, 0, 0, 0, 0);
      }
    }
  }

  @Override
  public synchronized void close() {
    synchronized (state) {
      if (!closed) {
        closed = true;
        discard();
        HostCalls.send(Nr.CLOSE, fd, 0, 0, 0, 0, 0);
      }
    }
  }
}
