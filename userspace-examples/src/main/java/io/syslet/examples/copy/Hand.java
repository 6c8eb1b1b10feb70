package io.syslet.examples.copy;

import io.syslet.CString;
import io.syslet.Calls;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.StructStat;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import java.nio.charset.StandardCharsets;

/**
 * The calls of one task, one at a time, and the memory for them. Each returns a value or −errno,
 * and holds up no other task while it sleeps.
 */
final class Hand implements AutoCloseable {
  /** Bytes moved at a time where they go through memory. */
  static final int BUFFER = 256 * 1024;

  private static final int NAME_ROOM = 4096 + 1;
  private static final int TIMES = 4 * Long.BYTES;
  private static final int NANOSECONDS = Long.BYTES;

  final Calls calls;

  /** {@link #BUFFER} bytes for whatever is under way. */
  final long buffer;

  private final Stat stat;
  private final long name;
  private final long times;

  Hand(Kernel kernel) {
    calls = Calls.of(kernel, 1);
    buffer = calls.allocate(BUFFER).address();
    stat = Stat.allocate(kernel.arena());
    name = calls.allocate(NAME_ROOM).address();
    times = calls.allocate(TIMES).address();
  }

  /** Keeps a name as long as the kernel: its address. */
  long keep(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long address = calls.allocate(bytes.length + 1L).address();
    CString.put(address, bytes);
    return address;
  }

  /** Any call. */
  long call(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    return calls.call(nr, a0, a1, a2, a3, a4, a5).await();
  }

  /** A call on a name. */
  private long named(long nr, int dirfd, byte[] path, long a2, long a3, long a4) {
    if (path.length >= NAME_ROOM) {
      return -Errno.ENAMETOOLONG;
    }
    CString.put(name, path);
    return call(nr, dirfd, name, a2, a3, a4, 0);
  }

  long open(int dirfd, byte[] path, int flags, int mode) {
    return named(Nr.OPENAT, dirfd, path, flags | Sys.O_NOFOLLOW | Sys.O_CLOEXEC, mode, 0);
  }

  void close(long fd) {
    calls.close((int) fd).await();
  }

  /** Asks about a name, or with an empty one about the descriptor; the answer is {@link #found}. */
  long stat(int dirfd, byte[] path) {
    int flags = Stat.AT_SYMLINK_NOFOLLOW | Stat.AT_NO_AUTOMOUNT;
    int all = flags | (path.length == 0 ? Stat.AT_EMPTY_PATH : 0);
    long error = named(Nr.STATX, dirfd, path, all, Stat.STATX_BASIC_STATS, stat.address());
    return StructStat.isNeeded(error) ? oldStat(dirfd, path, all) : error;
  }

  private long oldStat(int dirfd, byte[] path, int flags) {
    long error = named(Nr.NEWFSTATAT, dirfd, path, stat.address(), flags, 0);
    if (error == 0) {
      StructStat.convert(stat.address());
    }
    return error;
  }

  /** What the last {@link #stat} has found. */
  Found found() {
    return Found.of(stat);
  }

  long makeDirectory(int dirfd, byte[] path, int mode) {
    return named(Nr.MKDIRAT, dirfd, path, mode, 0, 0);
  }

  long makeNode(int dirfd, byte[] path, int mode, int device) {
    return named(Nr.MKNODAT, dirfd, path, mode, device, 0);
  }

  long unlink(int dirfd, byte[] path) {
    return named(Nr.UNLINKAT, dirfd, path, 0, 0, 0);
  }

  long rename(int dirfd, byte[] from, byte[] to) {
    return calls.renameat2(dirfd, from, dirfd, to, 0).await();
  }

  long link(int fromDirfd, byte[] from, int toDirfd, byte[] to) {
    return calls.linkat(fromDirfd, from, toDirfd, to, 0).await();
  }

  /** Where a symbolic link points. */
  byte[] readLink(int dirfd, byte[] path, int most) throws CallFailedException {
    long length = CallFailedException.from(named(Nr.READLINKAT, dirfd, path, buffer, most, 0));
    byte[] target = new byte[(int) length];
    CString.copyTo(buffer, target, 0, target.length);
    return target;
  }

  /** Sets the owner of a name, or with an empty one of the descriptor; −1 leaves one as it is. */
  long own(int dirfd, byte[] path, int uid, int gid) {
    int flags = Stat.AT_SYMLINK_NOFOLLOW | (path.length == 0 ? Stat.AT_EMPTY_PATH : 0);
    return named(Nr.FCHOWNAT, dirfd, path, uid, gid, flags);
  }

  /** Sets the permissions of a descriptor. */
  long permit(int fd, int mode) {
    return call(Nr.FCHMOD, fd, mode, 0, 0, 0, 0);
  }

  /** Sets the permissions of what is open with O_PATH. */
  long permitNode(int node, int mode) {
    return named(Nr.FCHMODAT, Sys.AT_FDCWD, pathOf(node), mode, 0, 0);
  }

  /** Sets both times of what is open with O_PATH. */
  long timeNode(int node, Found as) {
    putTimes(as);
    return named(Nr.UTIMENSAT, Sys.AT_FDCWD, pathOf(node), times, 0, 0);
  }

  /** Removes an extended attribute of what is open with O_PATH. */
  long removeFromNode(int node, long attribute) {
    CString.put(name, pathOf(node));
    return call(Nr.REMOVEXATTR, name, attribute, 0, 0, 0, 0);
  }

  /** A link that nobody can change. */
  private static byte[] pathOf(int node) {
    return ("/proc/self/fd/" + node).getBytes(StandardCharsets.US_ASCII);
  }

  /** Sets both times of a name, or with an empty one of the descriptor. */
  long time(int dirfd, byte[] path, Found as) {
    putTimes(as);
    return path.length == 0
        ? call(Nr.UTIMENSAT, dirfd, 0, times, 0, 0, 0)
        : named(Nr.UTIMENSAT, dirfd, path, times, Stat.AT_SYMLINK_NOFOLLOW, 0);
  }

  private void putTimes(Found as) {
    Memory.putLong(times, as.atimeSec());
    Memory.putLong(times + NANOSECONDS, as.atimeNsec());
    Memory.putLong(times + 2 * Long.BYTES, as.mtimeSec());
    Memory.putLong(times + 2 * Long.BYTES + NANOSECONDS, as.mtimeNsec());
  }

  @Override
  public void close() {
    calls.close();
  }
}
