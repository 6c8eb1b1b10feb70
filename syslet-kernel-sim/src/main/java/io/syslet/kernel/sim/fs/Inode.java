package io.syslet.kernel.sim.fs;

import io.syslet.Dirent;
import io.syslet.Stat;
import io.syslet.kernel.sim.WaitQueue;
import org.jspecify.annotations.Nullable;

/**
 * A file, directory or symbolic link: what is true of it, and whether the machine knows it. There
 * is one object for an inode from when it is first looked at until its number is used again.
 */
final class Inode {
  final int number;
  int mode;
  int uid;
  int gid;
  int links;
  long size;
  long accessed;
  long modified;
  long changed;
  long born;

  /** Where its blocks are. */
  final Extents extents = new Extents();

  /** The bytes of a regular file. */
  final Content content;

  /** What a directory holds; null until it is looked at, and for all else. */
  @Nullable DirectoryIndex directory;

  /** Where a symbolic link points. */
  byte @Nullable [] target;

  /** A directory's own name and parent; null for the root, one that was removed, all else. */
  @Nullable DirEntry entry;

  /** A directory's parent; the root's is itself. */
  @Nullable Inode parent;

  /** Whether the inode is in memory, so that its table need not be read. */
  boolean cached;

  /** How many open files there are. */
  int opens;

  /** How many of its pages are dirty or being written. */
  int unwritten;

  /** The first error of a write-back that no fsync has told. */
  int writeError;

  /** Who writes to the file; null until somebody does. */
  @Nullable Mutex writer;

  /** Sleepers for {@link #unwritten}; null until there are some. */
  @Nullable WaitQueue written;

  Inode(int number, int mode, Content content) {
    this.number = number;
    this.mode = mode;
    this.content = content;
  }

  int type() {
    return mode & Stat.S_IFMT;
  }

  boolean isDirectory() {
    return type() == Stat.S_IFDIR;
  }

  boolean isRegular() {
    return type() == Stat.S_IFREG;
  }

  boolean isSymlink() {
    return type() == Stat.S_IFLNK;
  }

  /** The type as directories note it. */
  int direntType() {
    return isDirectory() ? Dirent.DT_DIR : isSymlink() ? Dirent.DT_LNK : Dirent.DT_REG;
  }

  /** How many blocks the size takes. */
  int sizeInBlocks() {
    return (int) ((size + Layout.BLOCK - 1) / Layout.BLOCK);
  }
}
