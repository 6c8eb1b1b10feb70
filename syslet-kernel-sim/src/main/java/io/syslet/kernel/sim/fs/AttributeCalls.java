package io.syslet.kernel.sim.fs;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.kernel.sim.Credentials;
import io.syslet.kernel.sim.File;
import io.syslet.kernel.sim.SimCall;
import io.syslet.kernel.sim.SimCalls;
import io.syslet.kernel.sim.SimProcess;
import io.syslet.ring.Memory;
import io.syslet.table.CallTable;
import org.jspecify.annotations.Nullable;

/** Calls that change what a file is: chmod, chown, truncate, utimensat. */
final class AttributeCalls {
  private static final int CWD = Sys.AT_FDCWD;
  private static final long SECOND = 1_000_000_000;
  private static final long NOW = 0x3fffffff;
  private static final long OMIT = 0x3ffffffe;

  /** What is done with an inode that was found, without sleep. */
  @FunctionalInterface
  private interface Change {
    long change(Credentials who, Inode inode);
  }

  private final Volume volume;

  AttributeCalls(Volume volume) {
    this.volume = volume;
  }

  void register(SimCalls calls) {
    int nofollow = Stat.AT_SYMLINK_NOFOLLOW;
    calls.put(Nr.FCHMODAT, (p, a, b, c, d, e, f) -> at(p, a, b, 0, chmod((int) c)));
    calls.put(
        CallTable.number("fchmodat2"),
        (p, a, b, c, d, e, f) -> at(p, a, b, (int) d, chmod((int) c)));
    calls.put(Nr.CHMOD, (p, a, b, c, d, e, f) -> at(p, CWD, a, 0, chmod((int) b)));
    calls.put(Nr.FCHMOD, (p, a, b, c, d, e, f) -> of(p, a, chmod((int) b)));
    calls.put(Nr.FCHOWNAT, (p, a, b, c, d, e, f) -> at(p, a, b, (int) e, chown((int) c, (int) d)));
    calls.put(Nr.CHOWN, (p, a, b, c, d, e, f) -> at(p, CWD, a, 0, chown((int) b, (int) c)));
    calls.put(
        CallTable.number("lchown"),
        (p, a, b, c, d, e, f) -> at(p, CWD, a, nofollow, chown((int) b, (int) c)));
    calls.put(Nr.FCHOWN, (p, a, b, c, d, e, f) -> of(p, a, chown((int) b, (int) c)));
    calls.put(Nr.TRUNCATE, truncate());
    calls.put(Nr.FTRUNCATE, (p, a, b, c, d, e, f) -> ftruncate(p, a, b));
    calls.put(Nr.UTIMENSAT, (p, a, b, c, d, e, f) -> utimensat(p, a, b, c, (int) d));
  }

  private long at(SimProcess process, long dirfd, long path, int flags, Change change) {
    if ((flags & ~(Stat.AT_SYMLINK_NOFOLLOW | Stat.AT_EMPTY_PATH)) != 0) {
      return -Errno.EINVAL;
    }
    PathWalk walk = new PathWalk(volume, process);
    int follow = (flags & Stat.AT_SYMLINK_NOFOLLOW) == 0 ? PathWalk.FOLLOW : 0;
    int empty = (flags & Stat.AT_EMPTY_PATH) != 0 ? PathWalk.EMPTY : 0;
    int walked = walk.walk(dirfd, path, follow | empty);
    return walked < 0 ? walked : change.change(process.credentials(), walk.inode());
  }

  private static @Nullable FsFile file(SimProcess process, long fd) {
    File file = process.get(fd);
    boolean usable = file instanceof FsFile && (file.flags() & Sys.O_PATH) == 0;
    return usable ? (FsFile) file : null;
  }

  private static long of(SimProcess process, long fd, Change change) {
    FsFile file = file(process, fd);
    return file == null ? -Errno.EBADF : change.change(process.credentials(), file.inode);
  }

  private Change chmod(int mode) {
    return (who, inode) -> {
      if (inode.isSymlink()) {
        return -Errno.EOPNOTSUPP;
      }
      if (!Access.owns(who, inode)) {
        return -Errno.EPERM;
      }
      int wanted = mode & 07777;
      boolean member = who.isPrivileged() || who.isIn(inode.gid);
      inode.mode = inode.type() | (member ? wanted : (wanted & ~02000));
      return changed(inode);
    };
  }

  private Change chown(int uid, int gid) {
    return (who, inode) -> {
      boolean owner = uid == -1 || (uid == inode.uid && who.effectiveUid() == uid);
      boolean group =
          gid == -1 || (who.effectiveUid() == inode.uid && (gid == inode.gid || who.isIn(gid)));
      if (!who.isPrivileged() && !(owner && group)) {
        return -Errno.EPERM;
      }
      inode.uid = uid == -1 ? inode.uid : uid;
      inode.gid = gid == -1 ? inode.gid : gid;
      inode.mode = Access.withoutSetIds(inode.mode);
      return changed(inode);
    };
  }

  private long changed(Inode inode) {
    inode.changed = volume.now();
    volume.touch(inode);
    return 0;
  }

  private SimCall truncate() {
    return (p, path, length, c, d, e, f) -> {
      if (length < 0) {
        return -Errno.EINVAL;
      }
      return at(p, CWD, path, 0, (who, inode) -> truncate(who, inode, length));
    };
  }

  private long truncate(Credentials who, Inode inode, long length) {
    if (!inode.isRegular()) {
      return inode.isDirectory() ? -Errno.EISDIR : -Errno.EINVAL;
    }
    int may = Access.check(who, inode, Access.WRITE);
    return may < 0 ? may : resize(who, inode, length);
  }

  private long ftruncate(SimProcess process, long fd, long length) {
    FsFile file = file(process, fd);
    if (length < 0) {
      return -Errno.EINVAL;
    }
    if (file == null) {
      return process.get(fd) == null || isPath(process, fd) ? -Errno.EBADF : -Errno.EINVAL;
    }
    return file.inode.isRegular() && file.isWritable()
        ? resize(process.credentials(), file.inode, length)
        : -Errno.EINVAL;
  }

  private static boolean isPath(SimProcess process, long fd) {
    File file = process.get(fd);
    return file != null && (file.flags() & Sys.O_PATH) != 0;
  }

  private long resize(Credentials who, Inode inode, long length) {
    if (length > RegularFile.LARGEST) {
      return -Errno.EFBIG;
    }
    volume.cut(inode, length);
    inode.size = length;
    inode.mode = Access.changed(who, inode.mode);
    inode.modified = volume.now();
    return changed(inode);
  }

  private long utimensat(SimProcess process, long dirfd, long path, long times, int flags) {
    long[] wanted = {NOW, NOW};
    for (int i = 0; times != 0 && i < 2; i++) {
      wanted[i] = nanos(Memory.getLong(times + 16L * i), Memory.getLong(times + 16L * i + 8));
    }
    if (wanted[0] == OMIT && wanted[1] == OMIT) {
      return 0;
    }
    boolean now = times == 0 || (wanted[0] == NOW && wanted[1] == NOW);
    Change change = (who, inode) -> times(who, inode, wanted, now);
    if (path == 0 && (int) dirfd != CWD) {
      return flags != 0 ? -Errno.EINVAL : of(process, dirfd, change);
    }
    return at(process, dirfd, path, flags, change);
  }

  private static final long INVALID = Long.MIN_VALUE;

  /** A time in nanoseconds since the epoch, or what its nanoseconds say instead. */
  private static long nanos(long seconds, long nanos) {
    if (nanos == NOW || nanos == OMIT) {
      return nanos;
    }
    boolean valid = nanos >= 0 && nanos < SECOND && Math.abs(seconds) < 1L << 32;
    return valid ? seconds * SECOND + nanos : INVALID;
  }

  private long times(Credentials who, Inode inode, long[] wanted, boolean now) {
    if (wanted[0] == INVALID || wanted[1] == INVALID) {
      return -Errno.EINVAL;
    }
    boolean owner = Access.owns(who, inode);
    if (!owner && (!now || Access.check(who, inode, Access.WRITE) < 0)) {
      return now ? -Errno.EACCES : -Errno.EPERM;
    }
    inode.accessed = time(wanted[0], inode.accessed);
    inode.modified = time(wanted[1], inode.modified);
    return changed(inode);
  }

  private long time(long wanted, long old) {
    return wanted == NOW ? volume.now() : wanted == OMIT ? old : wanted;
  }
}
