package io.syslet.kernel.sim.fs;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.kernel.sim.Credentials;
import io.syslet.kernel.sim.File;
import io.syslet.kernel.sim.FileStatus;
import io.syslet.kernel.sim.SimCalls;
import io.syslet.kernel.sim.SimProcess;
import io.syslet.ring.Memory;

/** Calls that tell what a file is: stat and its kin, access, readlink, statfs. */
final class StatCalls {
  private static final int CWD = Sys.AT_FDCWD;
  private static final int KNOWN =
      Stat.AT_SYMLINK_NOFOLLOW | Stat.AT_NO_AUTOMOUNT | Stat.AT_EMPTY_PATH;
  private static final int SYNC = Stat.AT_STATX_FORCE_SYNC | Stat.AT_STATX_DONT_SYNC;
  private static final int RESERVED = 0x8000_0000;

  private final Volume volume;

  StatCalls(Volume volume) {
    this.volume = volume;
  }

  void register(SimCalls calls) {
    int nofollow = Stat.AT_SYMLINK_NOFOLLOW;
    calls.put(Nr.STATX, (p, a, b, c, d, e, f) -> statx(p, a, b, (int) c, (int) d, e));
    calls.put(Nr.NEWFSTATAT, (p, a, b, c, d, e, f) -> stat(p, a, b, c, (int) d));
    calls.put(Nr.STAT, (p, a, b, c, d, e, f) -> stat(p, CWD, a, b, 0));
    calls.put(Nr.LSTAT, (p, a, b, c, d, e, f) -> stat(p, CWD, a, b, nofollow));
    calls.put(Nr.FSTAT, (p, a, b, c, d, e, f) -> fstat(p, a, b));
    calls.put(Nr.READLINKAT, (p, a, b, c, d, e, f) -> readlink(p, a, b, c, (int) d));
    calls.put(Nr.READLINK, (p, a, b, c, d, e, f) -> readlink(p, CWD, a, b, (int) c));
    calls.put(Nr.FACCESSAT2, (p, a, b, c, d, e, f) -> access(p, a, b, (int) c, (int) d));
    calls.put(Nr.FACCESSAT, (p, a, b, c, d, e, f) -> access(p, a, b, (int) c, 0));
    calls.put(Nr.ACCESS, (p, a, b, c, d, e, f) -> access(p, CWD, a, (int) b, 0));
    calls.put(Nr.STATFS, (p, a, b, c, d, e, f) -> statfs(p, a, b));
    calls.put(Nr.FSTATFS, (p, a, b, c, d, e, f) -> fstatfs(p, a, b));
  }

  private long stat(SimProcess process, long dirfd, long path, long to, int flags) {
    if ((flags & ~(KNOWN | SYNC)) != 0) {
      return -Errno.EINVAL;
    }
    FileStatus status = new FileStatus();
    int asked = status(process, dirfd, path, flags, status);
    if (asked == 0) {
      StatLayout.stat(status, to);
    }
    return asked;
  }

  private long statx(SimProcess process, long dirfd, long path, int flags, int mask, long to) {
    if ((mask & RESERVED) != 0 || (flags & SYNC) == SYNC || (flags & ~(KNOWN | SYNC)) != 0) {
      return -Errno.EINVAL;
    }
    FileStatus status = new FileStatus();
    int asked = status(process, dirfd, path, flags, status);
    if (asked == 0) {
      StatLayout.statx(status, mask, to);
    }
    return asked;
  }

  private int status(SimProcess process, long dirfd, long path, int flags, FileStatus status) {
    volume.machine.charge(volume.costs.attributes());
    boolean mayBeEmpty = (flags & Stat.AT_EMPTY_PATH) != 0;
    if (mayBeEmpty && Memory.getByte(path) == 0 && (int) dirfd != CWD) {
      File file = process.get(dirfd);
      return file == null ? -Errno.EBADF : file.status(status);
    }
    PathWalk walk = new PathWalk(volume, process);
    int follow = (flags & Stat.AT_SYMLINK_NOFOLLOW) == 0 ? PathWalk.FOLLOW : 0;
    int walked = walk.walk(dirfd, path, follow | (mayBeEmpty ? PathWalk.EMPTY : 0));
    if (walked == 0) {
      FsFile.fill(walk.inode(), status);
    }
    return walked;
  }

  private long fstat(SimProcess process, long fd, long to) {
    File file = process.get(fd);
    FileStatus status = new FileStatus();
    int asked = file == null ? -Errno.EBADF : file.status(status);
    if (asked == 0) {
      StatLayout.stat(status, to);
    }
    return asked;
  }

  private long readlink(SimProcess process, long dirfd, long path, long to, int length) {
    if (length <= 0) {
      return -Errno.EINVAL;
    }
    PathWalk walk = new PathWalk(volume, process);
    int walked = walk.walk(dirfd, path, PathWalk.EMPTY);
    if (walked < 0) {
      return walked;
    }
    byte[] target = walk.inode().target;
    if (target == null) {
      return Memory.getByte(path) == 0 ? -Errno.ENOENT : -Errno.EINVAL;
    }
    int count = Math.min(length, target.length);
    UserCopy.out(target, 0, to, count);
    return count;
  }

  private long access(SimProcess process, long dirfd, long path, int mode, int flags) {
    int known = Stat.AT_EACCESS | Stat.AT_SYMLINK_NOFOLLOW | Stat.AT_EMPTY_PATH;
    if ((mode & ~7) != 0 || (flags & ~known) != 0) {
      return -Errno.EINVAL;
    }
    Credentials who = process.credentials();
    if ((flags & Stat.AT_EACCESS) == 0) {
      who = who.users(who.uid(), who.uid(), who.uid()).groups(who.gid(), who.gid(), who.gid());
    }
    PathWalk walk = new PathWalk(volume, process, who, 0);
    int follow = (flags & Stat.AT_SYMLINK_NOFOLLOW) == 0 ? PathWalk.FOLLOW : 0;
    int empty = (flags & Stat.AT_EMPTY_PATH) != 0 ? PathWalk.EMPTY : 0;
    int walked = walk.walk(dirfd, path, follow | empty);
    return walked < 0 ? walked : Access.check(who, walk.inode(), mode);
  }

  private long statfs(SimProcess process, long path, long to) {
    int walked = new PathWalk(volume, process).walk(CWD, path, PathWalk.FOLLOW);
    if (walked == 0) {
      StatLayout.statfs(volume, to);
    }
    return walked;
  }

  private long fstatfs(SimProcess process, long fd, long to) {
    File file = process.get(fd);
    if (file == null) {
      return -Errno.EBADF;
    }
    if (!(file instanceof FsFile)) {
      return -Errno.ENOSYS;
    }
    StatLayout.statfs(volume, to);
    return 0;
  }
}
