package io.syslet.kernel.sim.fs;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.kernel.sim.File;
import io.syslet.kernel.sim.SimCalls;
import io.syslet.kernel.sim.SimProcess;
import io.syslet.table.CallTable;

/** The current directory, the umask, and calls that write everything back. */
final class DirectoryCalls {
  private final Volume volume;

  DirectoryCalls(Volume volume) {
    this.volume = volume;
  }

  void register(SimCalls calls) {
    calls.put(Nr.GETCWD, (p, a, b, c, d, e, f) -> getcwd(p, a, b));
    calls.put(Nr.CHDIR, (p, a, b, c, d, e, f) -> chdir(p, a));
    calls.put(Nr.FCHDIR, (p, a, b, c, d, e, f) -> fchdir(p, a));
    calls.put(Nr.UMASK, (p, a, b, c, d, e, f) -> p.umask((int) a));
    calls.put(Nr.FSYNC, (p, a, b, c, d, e, f) -> fsync(p, a));
    calls.put(Nr.FDATASYNC, (p, a, b, c, d, e, f) -> fsync(p, a));
    calls.put(Nr.SYNCFS, (p, a, b, c, d, e, f) -> syncfs(p, a));
    calls.put(CallTable.number("sync"), (p, a, b, c, d, e, f) -> sync());
  }

  private long chdir(SimProcess process, long path) {
    PathWalk walk = new PathWalk(volume, process);
    int walked = walk.walk(Sys.AT_FDCWD, path, PathWalk.FOLLOW);
    return walked < 0 ? walked : enter(process, walk.inode(), -Errno.ENOTDIR);
  }

  private long fchdir(SimProcess process, long fd) {
    File file = process.get(fd);
    if (file == null) {
      return -Errno.EBADF;
    }
    return file instanceof FsFile open
        ? enter(process, open.inode, -Errno.ENOTDIR)
        : -Errno.ENOTDIR;
  }

  private long enter(SimProcess process, Inode inode, int otherwise) {
    int may =
        inode.isDirectory()
            ? Access.check(process.credentials(), inode, Access.EXECUTE)
            : otherwise;
    if (may == 0) {
      process.directory(new FsFile(volume, inode, Sys.O_PATH));
    }
    return may;
  }

  /** Bytes with the NUL; −ENOENT in a directory that was removed, −ERANGE if it does not fit. */
  private long getcwd(SimProcess process, long to, long size) {
    byte[] path = new byte[CString.PATH_MAX];
    int at = path.length;
    Inode inode = process.directory() instanceof FsFile here ? here.inode : volume.inodes.root();
    if (inode.links == 0) {
      return -Errno.ENOENT;
    }
    path[--at] = 0;
    while (inode.entry != null && inode.parent != null) {
      byte[] name = inode.entry.name;
      at -= name.length + 1;
      if (at < 0) {
        return -Errno.ENAMETOOLONG;
      }
      path[at] = '/';
      System.arraycopy(name, 0, path, at + 1, name.length);
      inode = inode.parent;
    }
    if (at == path.length - 1) {
      path[--at] = '/';
    }
    int length = path.length - at;
    if (Long.compareUnsigned(size, length) < 0) {
      return -Errno.ERANGE;
    }
    UserCopy.out(path, at, to, length);
    return length;
  }

  private long fsync(SimProcess process, long fd) {
    File file = process.get(fd);
    if (file == null || (file.flags() & Sys.O_PATH) != 0) {
      return -Errno.EBADF;
    }
    if (!(file instanceof FsFile open)) {
      return -Errno.EINVAL;
    }
    return volume.sync(open.inode);
  }

  private long syncfs(SimProcess process, long fd) {
    return process.get(fd) instanceof FsFile ? volume.writeback.syncAll() : -Errno.EBADF;
  }

  private long sync() {
    volume.writeback.syncAll();
    return 0;
  }
}
