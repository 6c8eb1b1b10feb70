package io.syslet.kernel.sim.fs;

import io.syslet.Errno;
import io.syslet.Stat;
import io.syslet.kernel.sim.Credentials;
import io.syslet.kernel.sim.SimProcess;
import org.jspecify.annotations.Nullable;

/**
 * Changes of directories, each in one go: the caller has looked the names up, and does not sleep.
 */
final class Creation {
  private static final int SET_GROUP = 02000;

  private final Volume volume;
  private final Credentials who;
  private @Nullable Inode made;

  Creation(Volume volume, SimProcess process) {
    this.volume = volume;
    who = process.credentials();
  }

  /** The inode that was made. */
  Inode inode() {
    if (made == null) {
      throw new IllegalStateException("nothing was made");
    }
    return made;
  }

  /** Makes an inode with a name that is not there: 0 or −ENOSPC. */
  int make(Inode directory, byte[] name, int mode) {
    int room = volume.makeRoom(directory, name.length);
    if (room < 0) {
      return room;
    }
    boolean isDirectory = (mode & Stat.S_IFMT) == Stat.S_IFDIR;
    int number = volume.allocator.takeInode(Layout.groupOf(directory.number));
    if (number == 0) {
      return -Errno.ENOSPC;
    }
    Inode inode = volume.inodes.create(number, mode, volume.now());
    own(inode, directory);
    int filled = isDirectory ? fill(inode, directory) : 0;
    if (filled < 0) {
      volume.allocator.giveInode(number);
      return filled;
    }
    inode.links = isDirectory ? 2 : 1;
    made = inode;
    add(directory, name, inode);
    volume.touch(inode);
    return 0;
  }

  private void own(Inode inode, Inode directory) {
    boolean inherits = (directory.mode & SET_GROUP) != 0;
    inode.uid = who.effectiveUid();
    inode.gid = inherits ? directory.gid : who.effectiveGid();
    if (inherits && inode.isDirectory()) {
      inode.mode |= SET_GROUP;
    }
    inode.mode = Access.mode(who, inode.mode, inode.gid);
  }

  /** A new directory has a block for its first names. */
  private int fill(Inode inode, Inode parent) {
    int block = volume.takeBlock(inode, 0);
    if (block < 0) {
      return block;
    }
    inode.directory = new DirectoryIndex(0);
    inode.size = Layout.BLOCK;
    inode.parent = parent;
    volume.writeback.dirty(volume.cache.fill(PageCache.blockKey(block), block, null));
    return 0;
  }

  /** Adds a name, for which there is room, of an inode that counts it already. */
  void add(Inode directory, byte[] name, Inode inode) {
    DirectoryIndex names = volume.inodes.directory(directory);
    long hash = volume.hash(name, 0, name.length);
    volume.dropAbsent(names, hash);
    DirEntry entry = names.add(name, hash, inode.number, inode.direntType());
    volume.dentries.add(entry);
    if (inode.isDirectory()) {
      directory.links++;
      inode.parent = directory;
      inode.entry = entry;
    }
    changed(directory, hash);
  }

  /** Removes a name; the inode's count is the caller's. */
  void remove(Inode directory, DirEntry entry, Inode inode) {
    volume.touchLeaf(directory, entry.hash);
    volume.inodes.directory(directory).remove(entry);
    volume.dentries.remove(entry);
    if (inode.isDirectory()) {
      directory.links--;
    }
    changed(directory, entry.hash);
  }

  /** One name of an inode is gone: with the last one it is freed, once nobody has it open. */
  void unlinked(Inode inode) {
    inode.links = inode.isDirectory() ? 0 : inode.links - 1;
    inode.changed = volume.now();
    volume.touch(inode);
    if (inode.isDirectory()) {
      inode.entry = null;
    }
    if (inode.links == 0 && inode.opens == 0) {
      volume.free(inode);
    }
  }

  private void changed(Inode directory, long hash) {
    directory.modified = volume.now();
    directory.changed = directory.modified;
    volume.touchLeaf(directory, hash);
    volume.touch(directory);
  }
}
