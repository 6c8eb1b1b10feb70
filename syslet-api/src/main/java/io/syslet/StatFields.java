package io.syslet;

/**
 * Where the fields of {@code struct statx} are, and the bits in them and in what {@code statx(2)}
 * is asked.
 *
 * <pre>
 *     0       4         8            16      20    24    28     30    32    40     48
 *   +-------+---------+------------+-------+-----+-----+------+-----+-----+------+--------+
 *   | mask  | blksize | attributes | nlink | uid | gid | mode |  -  | ino | size | blocks |
 *   +-------+---------+------------+-------+-----+-----+------+-----+-----+------+--------+
 *    56                64      80      96      112     128          136         144
 *   +-----------------+-------+-------+-------+-------+------------+-----------+----------+
 *   | attributes_mask | atime | btime | ctime | mtime | rdev ma/mi | dev ma/mi | mnt_id ..|
 *   +-----------------+-------+-------+-------+-------+------------+-----------+----------+
 *   a time: s64 seconds, u32 nanoseconds, 4 unused                          256 bytes in all
 * </pre>
 *
 * Source: {@code include/uapi/linux/stat.h}.
 */
abstract sealed class StatFields permits Stat {
  /** Size of the struct, bytes; it is aligned to 8. */
  public static final int LENGTH = 256;

  /** Where the fields are, bytes. */
  public static final int MASK = 0;

  /** u32. */
  public static final int BLKSIZE = 4;

  /** u64: STATX_ATTR bits. */
  public static final int ATTRIBUTES = 8;

  /** u32. */
  public static final int NLINK = 16;

  /** u32. */
  public static final int UID = 20;

  /** u32. */
  public static final int GID = 24;

  /** u16: type and permissions; two unused bytes follow. */
  public static final int MODE = 28;

  /** u64. */
  public static final int INO = 32;

  /** u64. */
  public static final int SIZE = 40;

  /** u64. */
  public static final int BLOCKS = 48;

  /** u64: which bits of the attributes mean something. */
  public static final int ATTRIBUTES_MASK = 56;

  /** A time. */
  public static final int ATIME = 64;

  /** A time. */
  public static final int BTIME = 80;

  /** A time. */
  public static final int CTIME = 96;

  /** A time. */
  public static final int MTIME = 112;

  /** u32. */
  public static final int RDEV_MAJOR = 128;

  /** u32. */
  public static final int RDEV_MINOR = 132;

  /** u32. */
  public static final int DEV_MAJOR = 136;

  /** u32. */
  public static final int DEV_MINOR = 140;

  /** u64. */
  public static final int MNT_ID = 144;

  /** Where the nanoseconds of a time are, from its beginning. */
  public static final int NANOSECONDS = 8;

  /** Mask bit: the type in the mode. */
  public static final int STATX_TYPE = 0x1;

  /** Mask bit: the permissions in the mode. */
  public static final int STATX_MODE = 0x2;

  /** Mask bit. */
  public static final int STATX_NLINK = 0x4;

  /** Mask bit. */
  public static final int STATX_UID = 0x8;

  /** Mask bit. */
  public static final int STATX_GID = 0x10;

  /** Mask bit. */
  public static final int STATX_ATIME = 0x20;

  /** Mask bit. */
  public static final int STATX_MTIME = 0x40;

  /** Mask bit. */
  public static final int STATX_CTIME = 0x80;

  /** Mask bit. */
  public static final int STATX_INO = 0x100;

  /** Mask bit. */
  public static final int STATX_SIZE = 0x200;

  /** Mask bit. */
  public static final int STATX_BLOCKS = 0x400;

  /** Mask bits: all that {@code stat(2)} knows. */
  public static final int STATX_BASIC_STATS = 0x7ff;

  /** Mask bit: the time of birth. */
  public static final int STATX_BTIME = 0x800;

  /** Mask bit: the mount's id. */
  public static final int STATX_MNT_ID = 0x1000;

  /** As a descriptor: the current directory. */
  public static final int AT_FDCWD = -100;

  /** Flag: a symbolic link itself, not what it points at. */
  public static final int AT_SYMLINK_NOFOLLOW = 0x100;

  /** Flag of {@code unlinkat}: a directory. */
  public static final int AT_REMOVEDIR = 0x200;

  /** Flag of {@code faccessat2}: by the effective ids. */
  public static final int AT_EACCESS = 0x200;

  /** Flag of {@code linkat}: what a symbolic link points at. */
  public static final int AT_SYMLINK_FOLLOW = 0x400;

  /** Flag: do not mount what would be mounted automatically. */
  public static final int AT_NO_AUTOMOUNT = 0x800;

  /** Flag: with an empty path, the descriptor's own file. */
  public static final int AT_EMPTY_PATH = 0x1000;

  /** Flag of {@code statx}: ask the server of a network file system. */
  public static final int AT_STATX_FORCE_SYNC = 0x2000;

  /** Flag of {@code statx}: do not ask the server of a network file system. */
  public static final int AT_STATX_DONT_SYNC = 0x4000;

  /** The mode's bits of the type. */
  public static final int S_IFMT = 0xf000;

  /** Type: a socket. */
  public static final int S_IFSOCK = 0xc000;

  /** Type: a symbolic link. */
  public static final int S_IFLNK = 0xa000;

  /** Type: a regular file. */
  public static final int S_IFREG = 0x8000;

  /** Type: a block device. */
  public static final int S_IFBLK = 0x6000;

  /** Type: a directory. */
  public static final int S_IFDIR = 0x4000;

  /** Type: a character device. */
  public static final int S_IFCHR = 0x2000;

  /** Type: a FIFO. */
  public static final int S_IFIFO = 0x1000;

  StatFields() {}
}
