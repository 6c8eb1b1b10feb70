package io.syslet;

import io.syslet.ring.Memory;

/**
 * {@code struct stat}, which {@code newfstatat(2)} fills, as a {@link Stat}: for where a filter of
 * system calls knows no {@code statx(2)}.
 *
 * <pre>
 *             0     8     16      24      32    40      48     56        64       72    88    104
 *   x86-64    dev   ino   nlink   mode,   gid   rdev    size   blksize   blocks   atime mtime ctime
 *                                 uid
 *   others    dev   ino   mode,   uid,    rdev  -       size   blksize   blocks   atime mtime ctime
 *                         nlink   gid
 *   mode, uid, gid and nlink are u32 (nlink u64 on x86-64), blksize s32 (s64), a time two s64,
 *   all else s64 or u64
 * </pre>
 *
 * Source: {@code struct stat} of {@code arch/x86/include/uapi/asm/stat.h} and {@code
 * include/uapi/asm-generic/stat.h}; {@code new_decode_dev} of {@code include/linux/kdev_t.h}.
 */
public final class StructStat {
  private static final int DEV = 0;
  private static final int INO = 8;
  private static final int MODE = Arch.pick(24, 16);
  private static final int NLINK = Arch.pick(16, 20);
  private static final int UID = Arch.pick(28, 24);
  private static final int GID = Arch.pick(32, 28);
  private static final int RDEV = Arch.pick(40, 32);
  private static final int SIZE = 48;
  private static final int BLKSIZE = 56;
  private static final int BLOCKS = 64;
  private static final int ATIME = 72;
  private static final int MTIME = 88;
  private static final int CTIME = 104;
  private static final int NANOSECONDS = 8;

  private StructStat() {}

  /**
   * Whether statx(2) was refused by a filter of system calls that is older, which says −ENOSYS or
   * −EPERM: newfstatat(2) is to be asked.
   */
  public static boolean isNeeded(long error) {
    return error == -Errno.ENOSYS || error == -Errno.EPERM;
  }

  /**
   * Makes a {@link Stat} of the {@code struct stat} at the same place: {@link
   * Stat#STATX_BASIC_STATS}, and all else is 0. Plain loads and stores; whose memory it is sees to
   * the order.
   *
   * @param at the address of {@link Stat#LENGTH} bytes that begin with the struct; not checked.
   */
  public static void convert(long at) {
    long dev = Memory.getLong(at + DEV);
    long ino = Memory.getLong(at + INO);
    long rdev = Memory.getLong(at + RDEV);
    long size = Memory.getLong(at + SIZE);
    long blocks = Memory.getLong(at + BLOCKS);
    long atime = Memory.getLong(at + ATIME);
    long mtime = Memory.getLong(at + MTIME);
    long ctime = Memory.getLong(at + CTIME);
    int atimeNsec = Memory.getInt(at + ATIME + NANOSECONDS);
    int mtimeNsec = Memory.getInt(at + MTIME + NANOSECONDS);
    int ctimeNsec = Memory.getInt(at + CTIME + NANOSECONDS);
    convertNumbers(at);
    Memory.clear(at + Stat.INO, Stat.LENGTH - Stat.INO);
    Memory.putLong(at + Stat.INO, ino);
    Memory.putLong(at + Stat.SIZE, size);
    Memory.putLong(at + Stat.BLOCKS, blocks);
    putTime(at + Stat.ATIME, atime, atimeNsec);
    putTime(at + Stat.MTIME, mtime, mtimeNsec);
    putTime(at + Stat.CTIME, ctime, ctimeNsec);
    putDevice(at + Stat.RDEV_MAJOR, at + Stat.RDEV_MINOR, rdev);
    putDevice(at + Stat.DEV_MAJOR, at + Stat.DEV_MINOR, dev);
  }

  /** Fills the first {@link Stat#INO} bytes. */
  private static void convertNumbers(long at) {
    int blksize = Memory.getInt(at + BLKSIZE);
    int nlink = Memory.getInt(at + NLINK);
    int uid = Memory.getInt(at + UID);
    int gid = Memory.getInt(at + GID);
    int mode = Memory.getInt(at + MODE);
    Memory.putInt(at + Stat.MASK, Stat.STATX_BASIC_STATS);
    Memory.putInt(at + Stat.BLKSIZE, blksize);
    Memory.putLong(at + Stat.ATTRIBUTES, 0);
    Memory.putInt(at + Stat.NLINK, nlink);
    Memory.putInt(at + Stat.UID, uid);
    Memory.putInt(at + Stat.GID, gid);
    Memory.putInt(at + Stat.MODE, mode);
  }

  private static void putTime(long at, long seconds, int nanoseconds) {
    Memory.putLong(at, seconds);
    Memory.putInt(at + Stat.NANOSECONDS, nanoseconds);
  }

  private static void putDevice(long major, long minor, long device) {
    Memory.putInt(major, (int) (((device >>> 32) & ~0xfffL) | ((device >>> 8) & 0xfff)));
    Memory.putInt(minor, (int) (((device >>> 12) & ~0xffL) | (device & 0xff)));
  }
}
