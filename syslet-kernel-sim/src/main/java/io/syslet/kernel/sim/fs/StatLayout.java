package io.syslet.kernel.sim.fs;

import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.kernel.sim.FileStatus;
import io.syslet.ring.Memory;

/** Writes what is known of a file as the host's structs. */
final class StatLayout {
  private static final boolean X86 = Nr.OPEN >= 0;
  private static final int STAT = X86 ? 144 : 128;
  private static final long SECOND = 1_000_000_000;
  private static final int MOUNT = 1;

  private StatLayout() {}

  /** A device's number as stat tells it: {@code new_encode_dev}. */
  static long device(int major, int minor) {
    return (minor & 0xff) | ((long) major << 8) | ((minor & ~0xffL) << 12);
  }

  private static int major(long device) {
    return (int) ((device >>> 8) & 0xfff);
  }

  private static int minor(long device) {
    return (int) ((device & 0xff) | ((device >>> 12) & 0xfff00));
  }

  /** A {@code struct stat}: {@code arch/x86/include/uapi/asm/stat.h}, or asm-generic's. */
  static void stat(FileStatus s, long to) {
    Memory.clear(to, STAT);
    Memory.putLong(to, s.device);
    Memory.putLong(to + 8, s.inode);
    if (X86) {
      Memory.putLong(to + 16, s.links);
      Memory.putInt(to + 24, s.mode);
      Memory.putInt(to + 28, s.uid);
      Memory.putInt(to + 32, s.gid);
      Memory.putLong(to + 40, s.ownDevice);
    } else {
      Memory.putInt(to + 16, s.mode);
      Memory.putInt(to + 20, s.links);
      Memory.putInt(to + 24, s.uid);
      Memory.putInt(to + 28, s.gid);
      Memory.putLong(to + 32, s.ownDevice);
    }
    Memory.putLong(to + 48, s.size);
    Memory.putInt(to + 56, s.blockSize);
    Memory.putLong(to + 64, s.blocks);
    time(to + 72, s.accessed);
    time(to + 88, s.modified);
    time(to + 104, s.changed);
  }

  /** A {@code struct statx} with what was asked for and is known. */
  static void statx(FileStatus s, int asked, long to) {
    Memory.clear(to, Stat.LENGTH);
    int more = asked & (Stat.STATX_BTIME | Stat.STATX_MNT_ID);
    Memory.putInt(to + Stat.MASK, Stat.STATX_BASIC_STATS | more);
    Memory.putInt(to + Stat.BLKSIZE, s.blockSize);
    Memory.putInt(to + Stat.NLINK, s.links);
    Memory.putInt(to + Stat.UID, s.uid);
    Memory.putInt(to + Stat.GID, s.gid);
    Memory.putInt(to + Stat.MODE, s.mode & 0xffff);
    Memory.putLong(to + Stat.INO, s.inode);
    Memory.putLong(to + Stat.SIZE, s.size);
    Memory.putLong(to + Stat.BLOCKS, s.blocks);
    time(to + Stat.ATIME, s.accessed);
    time(to + Stat.MTIME, s.modified);
    time(to + Stat.CTIME, s.changed);
    Memory.putInt(to + Stat.RDEV_MAJOR, major(s.ownDevice));
    Memory.putInt(to + Stat.RDEV_MINOR, minor(s.ownDevice));
    Memory.putInt(to + Stat.DEV_MAJOR, major(s.device));
    Memory.putInt(to + Stat.DEV_MINOR, minor(s.device));
    if ((more & Stat.STATX_BTIME) != 0) {
      time(to + Stat.BTIME, s.born);
    }
    if ((more & Stat.STATX_MNT_ID) != 0) {
      Memory.putLong(to + Stat.MNT_ID, MOUNT);
    }
  }

  private static void time(long to, long nanos) {
    Memory.putLong(to, Math.floorDiv(nanos, SECOND));
    Memory.putLong(to + 8, Math.floorMod(nanos, SECOND));
  }

  /** A {@code struct statfs}, of which both architectures have the same. */
  static void statfs(Volume volume, long to) {
    Memory.clear(to, 120);
    Memory.putLong(to, 0xef53);
    Memory.putLong(to + 8, Layout.BLOCK);
    Memory.putLong(to + 16, volume.layout.blocks());
    Memory.putLong(to + 24, volume.allocator.freeBlocks());
    Memory.putLong(to + 32, volume.allocator.freeBlocks());
    Memory.putLong(to + 40, volume.layout.inodes());
    Memory.putLong(to + 48, volume.allocator.freeInodes());
    Memory.putLong(to + 56, volume.options.seed());
    Memory.putLong(to + 64, NameLookup.NAME_MAX);
    Memory.putLong(to + 72, Layout.BLOCK);
    Memory.putLong(to + 80, 0x20);
  }
}
