package io.syslet.examples;

import io.syslet.CString;
import io.syslet.Call;
import io.syslet.Calls;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.StructStat;
import io.syslet.Sys;

/**
 * How a program asks about an entry: statx(2), or newfstatat(2) where a filter of system calls
 * knows no statx. Immutable.
 */
final class Lstat {
  private static final int FLAGS = Stat.AT_SYMLINK_NOFOLLOW | Stat.AT_NO_AUTOMOUNT;
  private static final int MASK = Stat.STATX_TYPE | Stat.STATX_MODE | Stat.STATX_SIZE;
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
    return new Lstat(StructStat.isNeeded(error));
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
  static long device(Kernel kernel, int fd, long emptyName) {
    Stat stat = Stat.allocate(kernel.arena());
    Sys.fstatat(kernel, fd, emptyName, FLAGS | Stat.AT_EMPTY_PATH, stat);
    return stat.dev();
  }

  /** What a call has found, until its listener returns: at least type, mode, size and device. */
  Stat read(Call call) {
    Stat stat = call.stat();
    if (isOld) {
      StructStat.convert(stat.address());
    }
    return stat;
  }
}
