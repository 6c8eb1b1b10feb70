package io.syslet.kernel.sim.fs;

import io.syslet.Errno;
import org.jspecify.annotations.Nullable;

/**
 * Looks names up, in the cache or on the disk, and makes known what it finds. It may sleep, and
 * what was true before may then be different.
 */
final class NameLookup {
  static final int NAME_MAX = 255;

  private final Volume volume;
  private final boolean onlyCached;
  private @Nullable DirEntry found;

  /**
   * Makes one for a walk.
   *
   * @param onlyCached −EAGAIN rather than ask the disk.
   */
  NameLookup(Volume volume, boolean onlyCached) {
    this.volume = volume;
    this.onlyCached = onlyCached;
  }

  /** The entry that was looked up; null if there is no such name. */
  @Nullable DirEntry found() {
    return found;
  }

  /** The inode that was looked up; null if there is no such name. */
  @Nullable Inode child() {
    return found == null ? null : volume.inodes.get(found.inode);
  }

  /**
   * Looks a path's component up.
   *
   * @return 0, or 1 if it slept, and then {@link #found} is what is true now; −ENOENT in a
   *     directory that was removed; −ENAMETOOLONG; −EAGAIN if only the cache may be asked; −EIO.
   */
  int look(Inode directory, PathText path) {
    return look(directory, path.bytes(), path.from(), path.length());
  }

  private int look(Inode directory, byte[] name, int begin, int count) {
    if (count > NAME_MAX) {
      return directory.links == 0 ? -Errno.ENOENT : -Errno.ENAMETOOLONG;
    }
    long hash = volume.hash(name, begin, count);
    int slept = 0;
    while (true) {
      if (directory.links == 0) {
        return -Errno.ENOENT;
      }
      DirectoryIndex names = volume.inodes.directory(directory);
      found = names.find(hash, name, begin, count);
      int known = known(directory, names, hash, name, begin, count);
      if (known <= 0) {
        return known < 0 ? known : slept;
      }
      slept = 1;
    }
  }

  /** Makes what was found known: 0, 1 if it slept and all may be different, or −errno. */
  private int known(
      Inode directory, DirectoryIndex names, long hash, byte[] name, int begin, int count) {
    DirEntry entry = found == null ? names.absent(hash, name, begin, count) : found;
    if (entry != null && entry.isCached()) {
      if (entry.isNegative() || volume.inodes.get(entry.inode).cached) {
        volume.dentries.use(entry);
        return 0;
      }
    }
    if (onlyCached) {
      return -Errno.EAGAIN;
    }
    int leaf = volume.knowLeaf(directory, hash);
    if (leaf != 0) {
      return leaf;
    }
    return entry == null || entry.isNegative()
        ? absent(names, hash, name, begin, count)
        : present(directory, entry);
  }

  private int absent(DirectoryIndex names, long hash, byte[] name, int begin, int count) {
    byte[] copy = new byte[count];
    System.arraycopy(name, begin, copy, 0, count);
    volume.dropAbsent(names, hash);
    volume.dentries.add(names.addAbsent(copy, hash));
    return 0;
  }

  private int present(Inode directory, DirEntry entry) {
    Inode inode = volume.inodes.get(entry.inode);
    int known = volume.know(inode);
    if (known == 0) {
      volume.dentries.add(entry);
      if (inode.isDirectory()) {
        inode.parent = directory;
        inode.entry = entry;
      }
    }
    return known;
  }

  /**
   * Makes an inode known that no name leads to: 0, −EAGAIN if only the cache may be asked, −EIO.
   */
  int know(Inode inode) {
    int known = inode.cached ? 0 : 1;
    while (known == 1) {
      known = onlyCached ? -Errno.EAGAIN : volume.know(inode);
    }
    return known;
  }
}
