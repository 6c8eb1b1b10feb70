package io.syslet;

import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A flyweight over {@code struct statx}, which {@code statx(2)} fills.
 *
 * <p>A field counts if its bit is in {@link #mask}. Reads are plain, so the memory must not be a
 * pending call's any more; the address is not checked. One thread at a time.
 */
public final class Stat extends StatFields {
  private long address;

  /** A flyweight over nothing yet. */
  public Stat() {}

  /** A flyweight over new memory, which lives as long as {@code arena}. */
  public static Stat allocate(Arena arena) {
    return new Stat().wrap(arena.allocate(LENGTH, Long.BYTES));
  }

  /** Lets this be the struct at {@code address}. */
  public Stat wrap(long address) {
    this.address = address;
    return this;
  }

  /**
   * Lets this be the struct at the beginning of {@code segment}, whose lifetime the caller minds.
   *
   * @throws IllegalArgumentException for a segment on the heap or one too short.
   */
  public Stat wrap(MemorySegment segment) {
    if (!segment.isNative() || segment.byteSize() < LENGTH) {
      throw new IllegalArgumentException("no struct statx: " + segment);
    }
    return wrap(segment.address());
  }

  /** Where the struct is: what {@code statx} is given. */
  public long address() {
    return address;
  }

  /** Which fields were filled: STATX bits. */
  public int mask() {
    return Memory.getInt(address + MASK);
  }

  /** Type and permissions. */
  public int mode() {
    return Memory.getUnsignedShort(address + MODE);
  }

  /** The type: one of the S_IF constants. */
  public int type() {
    return mode() & S_IFMT;
  }

  /** Whether this is a directory. */
  public boolean isDirectory() {
    return type() == S_IFDIR;
  }

  /** Whether this is a regular file. */
  public boolean isRegular() {
    return type() == S_IFREG;
  }

  /** Whether this is a symbolic link. */
  public boolean isSymlink() {
    return type() == S_IFLNK;
  }

  /** Whether this is a FIFO. */
  public boolean isFifo() {
    return type() == S_IFIFO;
  }

  /** Whether this is a socket. */
  public boolean isSocket() {
    return type() == S_IFSOCK;
  }

  /** Whether this is a block device. */
  public boolean isBlockDevice() {
    return type() == S_IFBLK;
  }

  /** Whether this is a character device. */
  public boolean isCharacterDevice() {
    return type() == S_IFCHR;
  }

  /** Bytes in the file. */
  public long size() {
    return Memory.getLong(address + SIZE);
  }

  /** The inode's number, unsigned. */
  public long ino() {
    return Memory.getLong(address + INO);
  }

  /** How many names the inode has, unsigned. */
  public int nlink() {
    return Memory.getInt(address + NLINK);
  }

  /** The owner, unsigned. */
  public int uid() {
    return Memory.getInt(address + UID);
  }

  /** The group, unsigned. */
  public int gid() {
    return Memory.getInt(address + GID);
  }

  /** Blocks of 512 bytes that are allocated. */
  public long blocks() {
    return Memory.getLong(address + BLOCKS);
  }

  /** The size in bytes that is good for I/O. */
  public int blksize() {
    return Memory.getInt(address + BLKSIZE);
  }

  /** STATX_ATTR bits. */
  public long attributes() {
    return Memory.getLong(address + ATTRIBUTES);
  }

  /** Last read, seconds since 1970. */
  public long atimeSec() {
    return Memory.getLong(address + ATIME);
  }

  /** Last read, nanoseconds after {@link #atimeSec}: 0 to 999,999,999. */
  public int atimeNsec() {
    return Memory.getInt(address + ATIME + NANOSECONDS);
  }

  /** Last write, seconds since 1970. */
  public long mtimeSec() {
    return Memory.getLong(address + MTIME);
  }

  /** Last write, nanoseconds after {@link #mtimeSec}. */
  public int mtimeNsec() {
    return Memory.getInt(address + MTIME + NANOSECONDS);
  }

  /** Last change of the inode, seconds since 1970. */
  public long ctimeSec() {
    return Memory.getLong(address + CTIME);
  }

  /** Last change of the inode, nanoseconds after {@link #ctimeSec}. */
  public int ctimeNsec() {
    return Memory.getInt(address + CTIME + NANOSECONDS);
  }

  /** Birth, seconds since 1970. */
  public long btimeSec() {
    return Memory.getLong(address + BTIME);
  }

  /** Birth, nanoseconds after {@link #btimeSec}. */
  public int btimeNsec() {
    return Memory.getInt(address + BTIME + NANOSECONDS);
  }

  /** Major number of the device that holds the file. */
  public int devMajor() {
    return Memory.getInt(address + DEV_MAJOR);
  }

  /** Minor number of the device that holds the file. */
  public int devMinor() {
    return Memory.getInt(address + DEV_MINOR);
  }

  /** Both numbers of the device that holds the file, major first: equal for equal devices. */
  public long dev() {
    return (long) devMajor() << 32 | Integer.toUnsignedLong(devMinor());
  }

  /** Major number of the device that the file is. */
  public int rdevMajor() {
    return Memory.getInt(address + RDEV_MAJOR);
  }

  /** Minor number of the device that the file is. */
  public int rdevMinor() {
    return Memory.getInt(address + RDEV_MINOR);
  }
}
