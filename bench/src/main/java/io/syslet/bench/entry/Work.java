package io.syslet.bench.entry;

import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import java.lang.foreign.Arena;

/**
 * A system call with its arguments.
 *
 * @param name what it is called in the table.
 */
record Work(String name, long nr, long a0, long a1, long a2, long a3) {
  private static final int PAGE = 4096;

  /** Bytes of the largest {@code struct stat}, and then some. */
  private static final int STAT_LENGTH = 256;

  /** lstat of a file whose path is short. */
  static Work lstat(Arena arena, String path) {
    long stat = arena.allocate(STAT_LENGTH, 8).address();
    long name = arena.allocateFrom(path).address();
    return new Work("lstat", Nr.NEWFSTATAT, Sys.AT_FDCWD, name, stat, Stat.AT_SYMLINK_NOFOLLOW);
  }

  /** A read of a page that is in the cache. */
  static Work pread(Kernel kernel, Arena arena, String path) {
    long name = arena.allocateFrom(path).address();
    long fd = Sys.openat(kernel, Sys.AT_FDCWD, name, Sys.O_RDONLY | Sys.O_CLOEXEC, 0);
    if (fd < 0) {
      throw new IllegalStateException(path + ": " + fd);
    }
    return new Work("pread 4k", Nr.PREAD64, fd, arena.allocate(PAGE, PAGE).address(), PAGE, 0);
  }

  /** A call that does next to nothing. */
  static Work getppid() {
    return new Work("getppid", Nr.GETPPID, 0, 0, 0, 0);
  }
}
