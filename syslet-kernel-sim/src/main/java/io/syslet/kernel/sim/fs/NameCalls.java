package io.syslet.kernel.sim.fs;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.kernel.sim.SimCalls;
import io.syslet.kernel.sim.SimProcess;
import io.syslet.table.CallTable;

/** Calls that make and remove names, but for rename: {@link RenameCalls}. */
final class NameCalls {
  private static final int CWD = Sys.AT_FDCWD;

  private final Volume volume;

  NameCalls(Volume volume) {
    this.volume = volume;
  }

  void register(SimCalls calls) {
    calls.put(Nr.MKDIRAT, (p, a, b, c, d, e, f) -> mkdirat(p, a, b, (int) c));
    calls.put(Nr.MKDIR, (p, a, b, c, d, e, f) -> mkdirat(p, CWD, a, (int) b));
    calls.put(Nr.UNLINKAT, (p, a, b, c, d, e, f) -> unlinkat(p, a, b, (int) c));
    calls.put(Nr.UNLINK, (p, a, b, c, d, e, f) -> unlink(p, CWD, a));
    calls.put(Nr.RMDIR, (p, a, b, c, d, e, f) -> rmdir(p, CWD, a));
    calls.put(Nr.LINKAT, (p, a, b, c, d, e, f) -> linkat(p, a, b, c, d, (int) e));
    calls.put(Nr.LINK, (p, a, b, c, d, e, f) -> linkat(p, CWD, a, CWD, b, 0));
    calls.put(Nr.SYMLINKAT, (p, a, b, c, d, e, f) -> symlinkat(p, a, b, c));
    calls.put(Nr.SYMLINK, (p, a, b, c, d, e, f) -> symlinkat(p, a, CWD, b));
    calls.put(Nr.MKNODAT, (p, a, b, c, d, e, f) -> mknodat(p, a, b, (int) c));
    calls.put(CallTable.number("mknod"), (p, a, b, c, d, e, f) -> mknodat(p, CWD, a, (int) b));
  }

  private long mkdirat(SimProcess process, long dirfd, long path, int mode) {
    return make(process, dirfd, path, Stat.S_IFDIR | (mode & 01777 & ~process.umask()), true);
  }

  private long mknodat(SimProcess process, long dirfd, long path, int mode) {
    int type = mode & Stat.S_IFMT;
    if (type != 0 && type != Stat.S_IFREG) {
      return type == Stat.S_IFDIR ? -Errno.EPERM : -Errno.EOPNOTSUPP;
    }
    return make(process, dirfd, path, Stat.S_IFREG | (mode & 07777 & ~process.umask()), false);
  }

  private long make(SimProcess process, long dirfd, long path, int mode, boolean maySlash) {
    PathWalk walk = new PathWalk(volume, process);
    int free = free(process, walk, dirfd, path, maySlash);
    if (free < 0) {
      return free;
    }
    return new Creation(volume, process).make(walk.inode(), walk.name(), mode);
  }

  /** Looks for a name that is to be made: 0 if it is not there and may be, else −errno. */
  private int free(SimProcess process, PathWalk walk, long dirfd, long path, boolean maySlash) {
    int walked = walk.walk(dirfd, path, PathWalk.PARENT);
    if (walked < 0) {
      return walked;
    }
    if (walk.last() != PathText.Kind.NAME) {
      return -Errno.EEXIST;
    }
    int looked = walk.look();
    if (looked < 0) {
      return looked;
    }
    if (walk.child() != null) {
      return -Errno.EEXIST;
    }
    return walk.slashes() && !maySlash
        ? -Errno.ENOENT
        : Access.add(process.credentials(), walk.inode());
  }

  private long symlinkat(SimProcess process, long target, long dirfd, long path) {
    byte[] bytes = CString.bytes(target, CString.PATH_MAX);
    if (bytes.length == 0 || bytes.length == CString.PATH_MAX) {
      return bytes.length == 0 ? -Errno.ENOENT : -Errno.ENAMETOOLONG;
    }
    PathWalk walk = new PathWalk(volume, process);
    int free = free(process, walk, dirfd, path, false);
    if (free < 0) {
      return free;
    }
    Creation creation = new Creation(volume, process);
    int made = creation.make(walk.inode(), walk.name(), Stat.S_IFLNK | 0777);
    if (made == 0) {
      creation.inode().target = bytes;
      creation.inode().size = bytes.length;
    }
    return made;
  }

  private long linkat(
      SimProcess process, long fromDirfd, long from, long toDirfd, long to, int flags) {
    if ((flags & ~(Stat.AT_SYMLINK_FOLLOW | Stat.AT_EMPTY_PATH)) != 0) {
      return -Errno.EINVAL;
    }
    PathWalk source = new PathWalk(volume, process);
    int follow = (flags & Stat.AT_SYMLINK_FOLLOW) != 0 ? PathWalk.FOLLOW : 0;
    int empty = (flags & Stat.AT_EMPTY_PATH) != 0 ? PathWalk.EMPTY : 0;
    int walked = source.walk(fromDirfd, from, follow | empty);
    if (walked < 0) {
      return walked;
    }
    PathWalk target = new PathWalk(volume, process);
    int free = free(process, target, toDirfd, to, false);
    return free < 0 ? free : link(process, source.inode(), target);
  }

  private long link(SimProcess process, Inode inode, PathWalk target) {
    if (inode.isDirectory()) {
      return -Errno.EPERM;
    }
    if (inode.links == 0) {
      return -Errno.ENOENT;
    }
    byte[] name = target.name();
    int room = volume.makeRoom(target.inode(), name.length);
    if (room < 0) {
      return room;
    }
    inode.links++;
    inode.changed = volume.now();
    volume.touch(inode);
    new Creation(volume, process).add(target.inode(), name, inode);
    return 0;
  }

  private long unlinkat(SimProcess process, long dirfd, long path, int flags) {
    if ((flags & ~Stat.AT_REMOVEDIR) != 0) {
      return -Errno.EINVAL;
    }
    return flags != 0 ? rmdir(process, dirfd, path) : unlink(process, dirfd, path);
  }

  private long unlink(SimProcess process, long dirfd, long path) {
    PathWalk walk = new PathWalk(volume, process);
    int walked = walk.walk(dirfd, path, PathWalk.PARENT);
    if (walked < 0) {
      return walked;
    }
    if (walk.last() != PathText.Kind.NAME) {
      return -Errno.EISDIR;
    }
    int looked = walk.look();
    Inode child = walk.child();
    if (looked < 0 || child == null) {
      return looked < 0 ? looked : -Errno.ENOENT;
    }
    if (walk.slashes()) {
      return child.isDirectory() ? -Errno.EISDIR : -Errno.ENOTDIR;
    }
    return remove(process, walk, child, false);
  }

  private long rmdir(SimProcess process, long dirfd, long path) {
    PathWalk walk = new PathWalk(volume, process);
    int walked = walk.walk(dirfd, path, PathWalk.PARENT);
    if (walked < 0) {
      return walked;
    }
    switch (walk.last()) {
      case DOT -> {
        return -Errno.EINVAL;
      }
      case DOTDOT -> {
        return -Errno.ENOTEMPTY;
      }
      case ROOT -> {
        return -Errno.EBUSY;
      }
      case NAME -> {}
    }
    int looked = walk.look();
    Inode child = walk.child();
    if (looked < 0 || child == null) {
      return looked < 0 ? looked : -Errno.ENOENT;
    }
    return remove(process, walk, child, true);
  }

  private long remove(SimProcess process, PathWalk walk, Inode child, boolean directory) {
    DirEntry entry = walk.found();
    int may = Access.remove(process.credentials(), walk.inode(), child, directory);
    if (may < 0 || entry == null) {
      return may;
    }
    if (directory && !volume.inodes.directory(child).isEmpty()) {
      return -Errno.ENOTEMPTY;
    }
    Creation change = new Creation(volume, process);
    change.remove(walk.inode(), entry, child);
    change.unlinked(child);
    return 0;
  }
}
