package io.syslet.server.policy;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Stat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What clients may pass a descriptor of.
 *
 * <p>It is used by the server's threads, with the server's rights. So whatever asks who reads or
 * writes, rather than who opened it, is refused, and what belongs to the server itself: a client's
 * end of its own connection would keep the connection open, for one. A client of the server's own
 * user could do nothing with devices and local sockets that it cannot do itself; another user's may
 * pass only what asks nobody.
 */
final class PassedFile {
  static final int AT_STATX_DONT_SYNC = 0x4000;
  static final int SOL_SOCKET = 1;
  static final int SO_PEERCRED = 17;
  static final int SO_DOMAIN = 39;
  static final int AF_UNIX = 1;

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int O_ACCMODE = 3;
  private static final int WITHOUT_TYPE = 0;
  private static final int OWN_PID = (int) ProcessHandle.current().pid();
  private static final String OWN_MEMORY = "/memfd:syslet-";
  private static final Set<String> WITHOUT_TYPES =
      Set.of("anon_inode:[eventfd]", "anon_inode:[timerfd]");

  private final boolean canWrite;
  private final @Nullable String hidden;

  /**
   * @param canWrite whether files may be written to.
   * @param hidden of which nothing is taken; null for none.
   */
  PassedFile(boolean canWrite, @Nullable Path hidden) {
    this.canWrite = canWrite;
    this.hidden = hidden == null ? null : hidden.toString();
  }

  /** Whether a call on it waits for a disk at most. */
  static boolean isFile(int type) {
    return type == Stat.S_IFREG || type == Stat.S_IFDIR || type == Stat.S_IFBLK;
  }

  /** Whether a process is this one. */
  static boolean isOurs(int pid) {
    return pid == OWN_PID;
  }

  /** Whether a file type may be passed, opened with these O_ flags: 0 or −EPERM. */
  int type(int type, int flags, boolean isOwnUser) {
    if (isFile(type) && !canWrite && (flags & O_ACCMODE) != 0) {
      return -Errno.EPERM;
    }
    boolean asksNobody =
        type == Stat.S_IFREG
            || type == Stat.S_IFDIR
            || type == Stat.S_IFIFO
            || type == Stat.S_IFSOCK;
    return asksNobody || isOwnUser ? 0 : -Errno.EPERM;
  }

  /** Whether a file may be passed of the file system that a struct statfs tells: 0 or −EPERM. */
  int fileSystem(long statfs, boolean isOwnUser) {
    boolean isRefused =
        SpecialFiles.isOne(statfs) || (!isOwnUser && SpecialFiles.isInUserSpace(statfs));
    return isRefused ? -Errno.EPERM : 0;
  }

  /** Whether a file may be passed whose name in /proc is {@code length} bytes: 0 or −EPERM. */
  int name(long at, int length, int type) {
    String name = new String(CString.bytes(at, length), StandardCharsets.UTF_8);
    boolean isOurs = name.startsWith(OWN_MEMORY) || name.equals(hidden) || isHidden(name);
    boolean isUnknown = type == WITHOUT_TYPE && !WITHOUT_TYPES.contains(name);
    return isOurs || isUnknown ? -Errno.EPERM : 0;
  }

  private boolean isHidden(String name) {
    return hidden != null && name.startsWith(hidden + "/");
  }

  /** Whether a socket of an address family may be passed: 0 or −EPERM. */
  int family(int family, boolean isOwnUser) {
    boolean asksNobody = family == AF_INET || family == AF_INET6;
    return asksNobody || isOwnUser ? 0 : -Errno.EPERM;
  }

  /** Writes the name of a descriptor in /proc, with a NUL: its address. */
  static long link(long at, int host) {
    CString.put(at, ("/proc/self/fd/" + host).getBytes(StandardCharsets.US_ASCII));
    return at;
  }
}
