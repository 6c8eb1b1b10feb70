package io.syslet.kernel.sim.fs;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.kernel.sim.Credentials;
import io.syslet.kernel.sim.SimCalls;
import io.syslet.kernel.sim.SimProcess;
import io.syslet.table.CallTable;
import org.jspecify.annotations.Nullable;

/** rename, renameat, renameat2: {@code do_renameat2} and {@code vfs_rename}, in their order. */
final class RenameCalls {
  private static final int NOREPLACE = 1;
  private static final int EXCHANGE = 2;

  private final Volume volume;

  RenameCalls(Volume volume) {
    this.volume = volume;
  }

  void register(SimCalls calls) {
    calls.put(Nr.RENAMEAT2, (p, a, b, c, d, e, f) -> rename(p, a, b, c, d, (int) e));
    calls.put(CallTable.number("renameat"), (p, a, b, c, d, e, f) -> rename(p, a, b, c, d, 0));
    calls.put(Nr.RENAME, (p, a, b, c, d, e, f) -> rename(p, Sys.AT_FDCWD, a, Sys.AT_FDCWD, b, 0));
  }

  private long rename(
      SimProcess process, long fromDirfd, long from, long toDirfd, long to, int flags) {
    boolean both = (flags & (NOREPLACE | EXCHANGE)) == (NOREPLACE | EXCHANGE);
    if ((flags & ~(NOREPLACE | EXCHANGE)) != 0 || both) {
      return -Errno.EINVAL;
    }
    PathWalk old = new PathWalk(volume, process);
    PathWalk target = new PathWalk(volume, process);
    int walked = old.walk(fromDirfd, from, PathWalk.PARENT);
    walked = walked < 0 ? walked : target.walk(toDirfd, to, PathWalk.PARENT);
    if (walked < 0) {
      return walked;
    }
    if (old.last() != PathText.Kind.NAME) {
      return -Errno.EBUSY;
    }
    if (target.last() != PathText.Kind.NAME) {
      return (flags & NOREPLACE) != 0 ? -Errno.EEXIST : -Errno.EBUSY;
    }
    return looked(process.credentials(), process, old, target, flags);
  }

  private long looked(
      Credentials who, SimProcess process, PathWalk old, PathWalk target, int flags) {
    int slept = 1;
    while (slept == 1) {
      int first = old.look();
      if (first < 0) {
        return first;
      }
      if (old.child() == null) {
        return -Errno.ENOENT;
      }
      slept = target.look();
      if (slept < 0) {
        return slept;
      }
    }
    int refused = refused(old, target, flags);
    if (refused < 0 || old.child() == target.child()) {
      return refused;
    }
    int may = permitted(who, old, target, flags);
    return may < 0
        ? may
        : (flags & EXCHANGE) != 0 ? exchange(old, target) : move(process, old, target);
  }

  private int refused(PathWalk old, PathWalk target, int flags) {
    Inode moved = child(old);
    Inode there = target.child();
    boolean exchange = (flags & EXCHANGE) != 0;
    if (there != null && (flags & NOREPLACE) != 0) {
      return -Errno.EEXIST;
    }
    if (there == null && exchange) {
      return -Errno.ENOENT;
    }
    if (exchange && there != null && !there.isDirectory() && target.slashes()) {
      return -Errno.ENOTDIR;
    }
    if (!moved.isDirectory() && (old.slashes() || (!exchange && target.slashes()))) {
      return -Errno.ENOTDIR;
    }
    if (isAncestor(moved, target.inode())) {
      return -Errno.EINVAL;
    }
    if (there != null && isAncestor(there, old.inode())) {
      return exchange ? -Errno.EINVAL : -Errno.ENOTEMPTY;
    }
    return 0;
  }

  /** Whether a directory holds another, or is the same. */
  private static boolean isAncestor(Inode upper, Inode lower) {
    Inode at = lower;
    while (at != upper && at.parent != null && at.parent != at) {
      at = at.parent;
    }
    return at == upper;
  }

  private int permitted(Credentials who, PathWalk old, PathWalk target, int flags) {
    Inode moved = child(old);
    Inode there = target.child();
    boolean exchange = (flags & EXCHANGE) != 0;
    int may = Access.remove(who, old.inode(), moved, moved.isDirectory());
    if (may < 0) {
      return may;
    }
    boolean asDirectory = (exchange && there != null) ? there.isDirectory() : moved.isDirectory();
    may =
        there == null
            ? Access.add(who, target.inode())
            : Access.remove(who, target.inode(), there, asDirectory);
    if (may < 0 || old.inode() == target.inode()) {
      return may < 0 ? may : full(there, exchange);
    }
    may = moved.isDirectory() ? Access.check(who, moved, Access.WRITE) : 0;
    if (may == 0 && exchange && there != null && there.isDirectory()) {
      may = Access.check(who, there, Access.WRITE);
    }
    return may < 0 ? may : full(there, exchange);
  }

  private int full(@Nullable Inode there, boolean exchange) {
    boolean full =
        !exchange
            && there != null
            && there.isDirectory()
            && !volume.inodes.directory(there).isEmpty();
    return full ? -Errno.ENOTEMPTY : 0;
  }

  private long move(SimProcess process, PathWalk old, PathWalk target) {
    Inode moved = child(old);
    Inode there = target.child();
    DirEntry from = entry(old);
    Creation change = new Creation(volume, process);
    byte[] name = target.name();
    int room = there == null ? volume.makeRoom(target.inode(), name.length) : 0;
    if (room < 0) {
      return room;
    }
    if (there != null) {
      change.remove(target.inode(), entry(target), there);
      change.unlinked(there);
    }
    change.remove(old.inode(), from, moved);
    change.add(target.inode(), name, moved);
    moved.changed = volume.now();
    volume.touch(moved);
    return 0;
  }

  private long exchange(PathWalk old, PathWalk target) {
    Inode moved = child(old);
    Inode there = child(target);
    retarget(old.inode(), entry(old), moved, there);
    retarget(target.inode(), entry(target), there, moved);
    return 0;
  }

  private void retarget(Inode directory, DirEntry entry, Inode from, Inode to) {
    volume.inodes.directory(directory).retarget(entry, to.number, to.direntType());
    directory.links += (to.isDirectory() ? 1 : 0) - (from.isDirectory() ? 1 : 0);
    directory.modified = volume.now();
    directory.changed = directory.modified;
    to.changed = directory.modified;
    if (to.isDirectory()) {
      to.parent = directory;
      to.entry = entry;
    }
    volume.touchLeaf(directory, entry.hash);
    volume.touch(directory);
    volume.touch(to);
  }

  private static Inode child(PathWalk walk) {
    Inode child = walk.child();
    if (child == null) {
      throw new IllegalStateException("looked up and not there");
    }
    return child;
  }

  private static DirEntry entry(PathWalk walk) {
    DirEntry entry = walk.found();
    if (entry == null) {
      throw new IllegalStateException("looked up and not there");
    }
    return entry;
  }
}
