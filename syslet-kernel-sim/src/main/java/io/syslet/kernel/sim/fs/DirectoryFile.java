package io.syslet.kernel.sim.fs;

import io.syslet.Dirent;
import io.syslet.Errno;
import io.syslet.ring.Memory;

/**
 * An open directory. Its position is the hash of the last entry that was told, 1 behind {@code .}
 * and 2 behind {@code ..}, so that what is added or removed meanwhile moves nothing.
 */
final class DirectoryFile extends FsFile {
  private static final byte[] DOT = {'.'};
  private static final byte[] DOTDOT = {'.', '.'};

  DirectoryFile(Volume volume, Inode inode, int flags) {
    super(volume, inode, flags);
  }

  @Override
  public long read(long address, long length) {
    return -Errno.EISDIR;
  }

  @Override
  public long pread(long address, long length, long position) {
    return -Errno.EISDIR;
  }

  @Override
  public long seek(long offset, int whence) {
    long to = whence == 0 ? offset : whence == 1 ? position + offset : -1;
    if (to < 0) {
      return -Errno.EINVAL;
    }
    position = to;
    return to;
  }

  /** −EINVAL if not one entry fits, −ENOENT if the directory was removed. */
  @Override
  public long getdents(long address, int length) {
    int locked = lockPosition();
    if (locked < 0) {
      return locked;
    }
    long done = list(address, length);
    unlockPosition();
    return done;
  }

  private long list(long address, int length) {
    int done = 0;
    int entries = 0;
    int known = -1;
    while (true) {
      if (inode.links == 0) {
        return done > 0 ? done : -Errno.ENOENT;
      }
      DirectoryIndex names = volume.inodes.directory(inode);
      int rank = names.rankAfter(position);
      int block = position < 2 ? 0 : names.blockOf(rank, inode.sizeInBlocks());
      int read = block == known || (position >= 2 && rank == names.size()) ? 0 : knowBlock(block);
      if (read < 0) {
        return done > 0 ? done : read;
      }
      known = read == 0 ? block : -1;
      int put = read == 1 ? 0 : next(names, rank, address + done, length - done);
      if (put < 0) {
        volume.machine.charge(entries * volume.costs.dirent());
        return done > 0 || put == END ? done : -Errno.EINVAL;
      }
      done += put;
      entries += read == 0 ? 1 : 0;
    }
  }

  private static final int END = -1;
  private static final int FULL = -2;

  private int knowBlock(int block) {
    int at = inode.extents.find(block);
    return at == 0 ? 0 : volume.cache.block(at, at, 1);
  }

  /** Tells the entry behind the position: its bytes, END or FULL. */
  private int next(DirectoryIndex names, int rank, long to, int room) {
    if (position < 2) {
      boolean self = position == 0;
      Inode other = inode.parent == null ? inode : inode.parent;
      int number = self ? inode.number : other.number;
      return put(to, room, number, position + 1, Dirent.DT_DIR, self ? DOT : DOTDOT);
    }
    if (rank == names.size()) {
      return END;
    }
    DirEntry entry = names.get(rank);
    return put(to, room, entry.inode, entry.hash, entry.type, entry.name);
  }

  private int put(long to, int room, long number, long offset, int type, byte[] name) {
    int length = (Dirent.NAME + name.length + 1 + 7) & ~7;
    if (length > room) {
      return FULL;
    }
    Memory.putLong(to + length - 8, 0);
    Memory.putLong(to + Dirent.INO, number);
    Memory.putLong(to + Dirent.OFFSET, offset);
    Memory.putByte(to + Dirent.RECLEN, (byte) length);
    Memory.putByte(to + Dirent.RECLEN + 1, (byte) (length >> 8));
    Memory.putByte(to + Dirent.TYPE, (byte) type);
    UserCopy.out(name, 0, to + Dirent.NAME, name.length);
    position = offset;
    return length;
  }
}
