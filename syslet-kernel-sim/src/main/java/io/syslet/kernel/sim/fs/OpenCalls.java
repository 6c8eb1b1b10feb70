package io.syslet.kernel.sim.fs;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.kernel.sim.SimCalls;
import io.syslet.kernel.sim.SimProcess;
import io.syslet.ring.Memory;

/** open, openat, openat2 and creat: {@code do_filp_open} and its {@code open_last_lookups}. */
final class OpenCalls {
  private static final int TMPFILE = Sys.O_TMPFILE & ~Sys.O_DIRECTORY;
  private static final int ACCESS = 3;
  private static final int ASYNC = 0x2000;
  private static final int HOW = 24;

  /** What open(2) knows; it ignores other bits, and openat2 refuses them. */
  private static final int KNOWN =
      ACCESS
          | Sys.O_CREAT
          | Sys.O_EXCL
          | Sys.O_NOCTTY
          | Sys.O_TRUNC
          | Sys.O_APPEND
          | Sys.O_NONBLOCK
          | Sys.O_SYNC
          | Sys.O_DSYNC
          | ASYNC
          | Sys.O_DIRECT
          | Sys.O_LARGEFILE
          | Sys.O_DIRECTORY
          | Sys.O_NOFOLLOW
          | Sys.O_NOATIME
          | Sys.O_CLOEXEC
          | Sys.O_PATH
          | TMPFILE;

  private static final int PATH_FLAGS =
      Sys.O_DIRECTORY | Sys.O_NOFOLLOW | Sys.O_PATH | Sys.O_CLOEXEC;

  private static final int NOT_KEPT =
      Sys.O_CREAT | Sys.O_EXCL | Sys.O_NOCTTY | Sys.O_TRUNC | Sys.O_CLOEXEC;

  private final Volume volume;

  OpenCalls(Volume volume) {
    this.volume = volume;
  }

  void register(SimCalls calls) {
    calls.put(Nr.OPENAT, (p, a, b, c, d, e, f) -> openat(p, a, b, (int) c, (int) d));
    calls.put(Nr.OPENAT2, (p, a, b, c, d, e, f) -> openat2(p, a, b, c, d));
    calls.put(Nr.OPEN, (p, a, b, c, d, e, f) -> openat(p, Sys.AT_FDCWD, a, (int) b, (int) c));
    calls.put(
        Nr.CREAT,
        (p, a, b, c, d, e, f) ->
            openat(p, Sys.AT_FDCWD, a, Sys.O_CREAT | Sys.O_WRONLY | Sys.O_TRUNC, (int) b));
  }

  private long openat(SimProcess process, long dirfd, long path, int wanted, int mode) {
    int flags = (wanted & KNOWN) | Sys.O_LARGEFILE;
    if ((flags & Sys.O_PATH) != 0) {
      flags &= PATH_FLAGS;
    }
    return open(process, dirfd, path, flags, mode & 07777, 0);
  }

  private long openat2(SimProcess process, long dirfd, long path, long how, long size) {
    if (size < HOW || size > Layout.BLOCK) {
      return size < HOW ? -Errno.EINVAL : -Errno.E2BIG;
    }
    for (long i = HOW; i < size; i++) {
      if (Memory.getByte(how + i) != 0) {
        return -Errno.E2BIG;
      }
    }
    long flags = Memory.getLong(how);
    long mode = Memory.getLong(how + 8);
    long resolve = Memory.getLong(how + 16);
    int refused = refused(flags, mode, resolve);
    return refused < 0
        ? refused
        : open(process, dirfd, path, (int) flags | Sys.O_LARGEFILE, (int) mode, (int) resolve);
  }

  private static int refused(long flags, long mode, long resolve) {
    int both = PathWalk.BENEATH | PathWalk.IN_ROOT;
    boolean makes = (flags & (Sys.O_CREAT | TMPFILE)) != 0;
    boolean bits = (flags & ~KNOWN) != 0 || (resolve & ~0x3fL) != 0 || (resolve & both) == both;
    if (bits || (makes ? (mode & ~07777L) != 0 : mode != 0)) {
      return -Errno.EINVAL;
    }
    if ((flags & Sys.O_PATH) != 0 && (flags & ~PATH_FLAGS) != 0) {
      return -Errno.EINVAL;
    }
    boolean changes = makes || (flags & Sys.O_TRUNC) != 0;
    return changes && (resolve & PathWalk.CACHED) != 0 ? -Errno.EAGAIN : 0;
  }

  private long open(SimProcess process, long dirfd, long path, int flags, int mode, int resolve) {
    if ((flags & TMPFILE) != 0) {
      boolean proper = (flags & Sys.O_DIRECTORY) != 0 && (flags & ACCESS) != 0;
      return proper ? -Errno.EOPNOTSUPP : -Errno.EINVAL;
    }
    if ((flags & (Sys.O_CREAT | Sys.O_DIRECTORY)) == (Sys.O_CREAT | Sys.O_DIRECTORY)) {
      return -Errno.EINVAL;
    }
    if (process.openDescriptors() >= process.maxOpenDescriptors()) {
      return -Errno.EMFILE;
    }
    PathWalk walk = new PathWalk(volume, process, process.credentials(), resolve);
    boolean create = (flags & Sys.O_CREAT) != 0;
    boolean follow = (flags & Sys.O_NOFOLLOW) == 0;
    int walked = walk.walk(dirfd, path, create ? PathWalk.PARENT : follow ? PathWalk.FOLLOW : 0);
    if (walked < 0) {
      return walked;
    }
    return create
        ? create(process, walk, flags, mode)
        : existing(process, walk.inode(), flags, false);
  }

  /** The last name is to be opened, and made if it is not there. */
  private long create(SimProcess process, PathWalk walk, int flags, int mode) {
    boolean exclusive = (flags & Sys.O_EXCL) != 0;
    while (true) {
      if (walk.last() != PathText.Kind.NAME) {
        return exclusive ? -Errno.EEXIST : -Errno.EISDIR;
      }
      if (walk.slashes()) {
        return -Errno.EISDIR;
      }
      int looked = walk.look();
      Inode child = walk.child();
      if (looked < 0) {
        return looked;
      }
      if (child == null) {
        return make(process, walk, flags, mode);
      }
      if (exclusive) {
        return -Errno.EEXIST;
      }
      if (!child.isSymlink() || (flags & Sys.O_NOFOLLOW) != 0) {
        return child.isDirectory() ? -Errno.EISDIR : existing(process, child, flags, false);
      }
      int followed = walk.follow(child);
      if (followed < 0) {
        return followed;
      }
    }
  }

  private long make(SimProcess process, PathWalk walk, int flags, int mode) {
    Inode directory = walk.inode();
    int may = Access.add(process.credentials(), directory);
    if (may < 0) {
      return may;
    }
    Creation creation = new Creation(volume, process);
    int made = creation.make(directory, walk.name(), Stat.S_IFREG | (mode & ~process.umask()));
    return made < 0 ? made : existing(process, creation.inode(), flags & ~Sys.O_TRUNC, true);
  }

  /** What is there is opened. */
  private long existing(SimProcess process, Inode inode, int flags, boolean made) {
    boolean path = (flags & Sys.O_PATH) != 0;
    if ((flags & Sys.O_DIRECTORY) != 0 && !inode.isDirectory()) {
      return -Errno.ENOTDIR;
    }
    if (!path && inode.isSymlink()) {
      return -Errno.ELOOP;
    }
    int may = path || made ? 0 : permitted(process, inode, flags);
    if (may < 0) {
      return may;
    }
    FsFile file = file(process, inode, flags);
    int fd = process.install(file, 0, (flags & Sys.O_CLOEXEC) != 0);
    if (fd < 0) {
      inode.opens--;
      return fd;
    }
    if ((flags & Sys.O_TRUNC) != 0) {
      truncate(process, inode);
    }
    return fd;
  }

  private static int permitted(SimProcess process, Inode inode, int flags) {
    boolean truncate = (flags & Sys.O_TRUNC) != 0;
    int wanted =
        switch (flags & ACCESS) {
          case Sys.O_RDONLY -> Access.READ;
          case Sys.O_WRONLY -> Access.WRITE;
          default -> Access.READ | Access.WRITE;
        };
    wanted |= truncate ? Access.WRITE : 0;
    if (inode.isDirectory() && (wanted & Access.WRITE) != 0) {
      return -Errno.EISDIR;
    }
    int may = Access.check(process.credentials(), inode, wanted);
    boolean noAtime = (flags & Sys.O_NOATIME) != 0;
    return may == 0 && noAtime && !Access.owns(process.credentials(), inode) ? -Errno.EPERM : may;
  }

  private FsFile file(SimProcess process, Inode inode, int flags) {
    int kept = flags & ~NOT_KEPT;
    if ((flags & Sys.O_PATH) != 0) {
      return new FsFile(volume, inode, kept & ~Sys.O_LARGEFILE);
    }
    return inode.isDirectory()
        ? new DirectoryFile(volume, inode, kept)
        : new RegularFile(volume, inode, kept, process.credentials());
  }

  private void truncate(SimProcess process, Inode inode) {
    volume.cut(inode, 0);
    inode.size = 0;
    inode.mode = Access.changed(process.credentials(), inode.mode);
    inode.modified = volume.now();
    inode.changed = inode.modified;
    volume.touch(inode);
  }
}
