package io.syslet.examples;

import io.syslet.CString;
import io.syslet.Call;
import io.syslet.Calls;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.ring.Memory;

/**
 * How a program asks about an entry: statx(2), or newfstatat(2) where a filter of system calls
 * knows no statx. Immutable.
 *
 * <pre>
 *   struct stat      0    8       16      24     48
 *   x86-64           dev  ino     nlink   mode   size
 *   others           dev  ino     mode    uid    size
 * </pre>
 */
final class Lstat {
  private static final int FLAGS = Stat.AT_SYMLINK_NOFOLLOW | Stat.AT_NO_AUTOMOUNT;
  private static final int MASK = Stat.STATX_TYPE | Stat.STATX_MODE | Stat.STATX_SIZE;
  private static final int OLD_MODE = Nr.OPEN >= 0 ? 24 : 16;
  private static final int OLD_SIZE = 48;
  private static final byte[] ROOT = {'/'};

  private final boolean isOld;

  private Lstat(boolean isOld) {
    this.isOld = isOld;
  }

  /** What this kernel has; one call tells. */
  static Lstat of(Kernel kernel) {
    long name = CString.allocate(kernel.arena(), ROOT);
    long stat = Stat.allocate(kernel.arena()).address();
    long error = kernel.syscall(Nr.STATX, Stat.AT_FDCWD, name, FLAGS, MASK, stat, 0);
    // Filters that are older than the call answer it with EPERM.
    return new Lstat(error == -Errno.ENOSYS || error == -Errno.EPERM);
  }

  /** The number of the call. */
  long nr() {
    return isOld ? Nr.NEWFSTATAT : Nr.STATX;
  }

  /** Begins the call; {@link #read} understands what it has found. */
  Call begin(Calls calls, int directory, long name) {
    if (isOld) {
      long stat = calls.memory(Stat.LENGTH);
      return calls.call(Nr.NEWFSTATAT, directory, name, stat, FLAGS, 0, 0);
    }
    return calls.lstat(directory, name, MASK);
  }

  /**
   * The device of an open file.
   *
   * @param emptyName the address of a NUL.
   */
  long device(Kernel kernel, int fd, long emptyName) {
    Stat stat = Stat.allocate(kernel.arena());
    int flags = FLAGS | Stat.AT_EMPTY_PATH;
    if (isOld) {
      kernel.syscall(Nr.NEWFSTATAT, fd, emptyName, stat.address(), flags, 0, 0);
    } else {
      kernel.syscall(Nr.STATX, fd, emptyName, flags, MASK, stat.address(), 0);
    }
    return read(stat, stat.address()).dev();
  }

  /** What a call has found, until its listener returns: type, mode, size and device count. */
  Stat read(Call call) {
    return read(call.stat(), call.stat().address());
  }

  private Stat read(Stat stat, long at) {
    if (isOld) {
      convert(at);
    }
    return stat.wrap(at);
  }

  private static void convert(long at) {
    long device = Memory.getLong(at);
    int mode = Memory.getInt(at + OLD_MODE);
    long size = Memory.getLong(at + OLD_SIZE);
    Memory.clear(at, Stat.LENGTH);
    Memory.putInt(at + Stat.MASK, MASK);
    Memory.putInt(at + Stat.MODE, mode);
    Memory.putLong(at + Stat.SIZE, size);
    Memory.putInt(
        at + Stat.DEV_MAJOR, (int) (((device >>> 32) & ~0xfffL) | ((device >>> 8) & 0xfff)));
    Memory.putInt(at + Stat.DEV_MINOR, (int) (((device >>> 12) & ~0xffL) | (device & 0xff)));
  }
}
