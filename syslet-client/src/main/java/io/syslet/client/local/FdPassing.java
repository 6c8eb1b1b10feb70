package io.syslet.client.local;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.syslet.Nr;
import io.syslet.ring.HostCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Descriptors over a Unix socket: SCM_RIGHTS, by {@code sendmsg} and {@code recvmsg}.
 *
 * <pre>
 *   struct msghdr, 56 bytes                   struct cmsghdr, 16 bytes, then the descriptors
 *    0  msg_name       0                       0  cmsg_len    u64: 16 + 4 n
 *    8  msg_namelen    0                       8  cmsg_level  SOL_SOCKET
 *   16  msg_iov        one iovec              12  cmsg_type   SCM_RIGHTS
 *   24  msg_iovlen     1                      16  int[n]
 *   32  msg_control    ------------------&gt;
 *   40  msg_controllen                        struct iovec: address, length
 *   48  msg_flags
 * </pre>
 *
 * Where a transport does not give its descriptor away (Java's own channels do not), a process of
 * the same user can open {@code /proc/PID/fd/N} instead: {@link LocalLink#open}. Sources: unix(7),
 * cmsg(3). Any thread.
 */
public final class FdPassing {
  /** Descriptors in one message, at most. */
  public static final int MAX = 8;

  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MSG_CMSG_CLOEXEC = 0x40000000;

  private static final int HEADER = 56;
  private static final int VECTOR = 16;
  private static final int CONTROL_HEADER = 16;
  private static final int CONTROL = CONTROL_HEADER + MAX * Integer.BYTES;

  private FdPassing() {}

  /**
   * Sends {@code length} bytes at {@code data}, at least one, and descriptors, which stay open.
   * Does not wait.
   *
   * @param fds up to {@link #MAX}.
   * @return how many bytes were sent: the descriptors went with the first; or −errno.
   */
  public static int send(int socket, long data, int length, int... fds) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment control = arena.allocate(CONTROL, Long.BYTES);
      long used = CONTROL_HEADER + (long) fds.length * Integer.BYTES;
      control.set(JAVA_LONG, 0, used);
      control.set(JAVA_INT, 8, SOL_SOCKET);
      control.set(JAVA_INT, 12, SCM_RIGHTS);
      MemorySegment.copy(fds, 0, control, JAVA_INT, CONTROL_HEADER, fds.length);
      MemorySegment header = header(arena, data, length, control, (used + 7) & -8L);
      return call(Nr.SENDMSG, socket, header, MSG_DONTWAIT | MSG_NOSIGNAL);
    }
  }

  /**
   * Receives up to {@code length} bytes at {@code data}, and the descriptors that came with them,
   * which are closed by an exec. Waits as the socket does.
   *
   * @param fds filled with the descriptors, and with −1 behind them. What does not fit is closed by
   *     the kernel.
   * @return how many bytes, 0 at the end of the stream, or −errno.
   */
  public static int receive(int socket, long data, int length, int[] fds) {
    Arrays.fill(fds, -1);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment control = arena.allocate(CONTROL, Long.BYTES);
      long room = CONTROL_HEADER + (long) Math.min(fds.length, MAX) * Integer.BYTES;
      MemorySegment header = header(arena, data, length, control, room);
      int received = call(Nr.RECVMSG, socket, header, MSG_CMSG_CLOEXEC);
      if (received >= 0 && header.get(JAVA_LONG, 40) >= CONTROL_HEADER) {
        take(control, fds);
      }
      return received;
    }
  }

  private static void take(MemorySegment control, int[] fds) {
    if (control.get(JAVA_INT, 8) == SOL_SOCKET && control.get(JAVA_INT, 12) == SCM_RIGHTS) {
      int count = (int) (control.get(JAVA_LONG, 0) - CONTROL_HEADER) / Integer.BYTES;
      MemorySegment.copy(control, JAVA_INT, CONTROL_HEADER, fds, 0, Math.min(count, fds.length));
    }
  }

  private static MemorySegment header(
      Arena arena, long data, int length, MemorySegment control, long controlLength) {
    MemorySegment vector = arena.allocate(VECTOR, Long.BYTES);
    vector.set(JAVA_LONG, 0, data);
    vector.set(JAVA_LONG, 8, length);
    MemorySegment header = arena.allocate(HEADER, Long.BYTES);
    header.set(JAVA_LONG, 16, vector.address());
    header.set(JAVA_LONG, 24, 1);
    header.set(JAVA_LONG, 32, control.address());
    header.set(JAVA_LONG, 40, controlLength);
    return header;
  }

  private static int call(long nr, int socket, MemorySegment header, int flags) {
    return (int) HostCalls.call(nr, socket, header.address(), flags, 0, 0, 0);
  }
}
