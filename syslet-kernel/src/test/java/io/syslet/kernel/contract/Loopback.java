package io.syslet.kernel.contract;

import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.ring.Memory;

/**
 * A TCP socket of the loopback interface that may listen. Who connects while its queue is full
 * waits: the host drops what was sent, and sends it again a second later.
 */
public final class Loopback {
  /** Bytes of a struct sockaddr_in. */
  public static final int SOCKADDR = 16;

  private static final int AF_INET = 2;
  private static final int STREAM = 1;
  private static final int LOCALHOST = 0x0100_007f;

  private final Kernel kernel;
  private final int fd;
  private final long address;

  /** Bound to some port; it does not listen. */
  public Loopback(Kernel kernel) {
    this.kernel = kernel;
    fd = socket();
    address = address();
    long length = kernel.arena().allocate(Integer.BYTES, Integer.BYTES).address();
    Memory.putInt(length, SOCKADDR);
    must(kernel.syscall(Nr.BIND, fd, address, SOCKADDR));
    must(kernel.syscall(Nr.GETSOCKNAME, fd, address, length));
  }

  private static int must(long result) {
    if (result < 0) {
      throw new IllegalStateException("a socket: " + result);
    }
    return (int) result;
  }

  private long address() {
    long at = kernel.arena().allocate(SOCKADDR, Long.BYTES).address();
    Memory.putInt(at, AF_INET);
    Memory.putInt(at + 4, LOCALHOST);
    return at;
  }

  /** A socket that may be connected. */
  public int socket() {
    return must(kernel.syscall(Nr.SOCKET, AF_INET, STREAM, 0));
  }

  /** Its address, in memory of the caller's own. */
  public long copyOfAddress() {
    long copy = address();
    Memory.copy(address, copy, SOCKADDR);
    return copy;
  }

  /** Listens, with a full queue. */
  public void listenFull() {
    listen(0);
    must(kernel.syscall(Nr.CONNECT, socket(), address, SOCKADDR));
  }

  /** Listens, with a queue of that length; also again. */
  public void listen(int backlog) {
    must(kernel.syscall(Nr.LISTEN, fd, backlog, 0));
  }

  /** Whether calls on a socket block. */
  public boolean blocks(int socket) {
    return (must(Sys.fcntl(kernel, socket, Sys.F_GETFL, 0)) & Sys.O_NONBLOCK) == 0;
  }
}
