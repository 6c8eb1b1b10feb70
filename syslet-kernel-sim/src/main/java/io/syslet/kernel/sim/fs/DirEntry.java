package io.syslet.kernel.sim.fs;

import org.jspecify.annotations.Nullable;

/**
 * A name in a directory, and its dentry: while it is linked into the cache's list the machine knows
 * it without looking at the disk. A name that is known not to be there is one with inode 0.
 */
final class DirEntry {
  final DirectoryIndex directory;
  final byte[] name;
  final long hash;
  int inode;
  int type;
  @Nullable DirEntry newer;
  @Nullable DirEntry older;

  DirEntry(DirectoryIndex directory, byte[] name, long hash, int inode, int type) {
    this.directory = directory;
    this.name = name;
    this.hash = hash;
    this.inode = inode;
    this.type = type;
  }

  boolean isCached() {
    return newer != null;
  }

  boolean isNegative() {
    return inode == 0;
  }

  boolean is(byte[] path, int from, int length) {
    return java.util.Arrays.equals(name, 0, name.length, path, from, from + length);
  }
}
