package io.syslet;

import io.syslet.ring.Memory;

/**
 * A cursor over what {@code getdents64(2)} wrote: no object and no String per entry.
 *
 * <pre>
 *    0       8       16       18     19
 *   +-------+-------+--------+------+----------------------+-----------------+
 *   | ino   | off   | reclen | type | name, NUL            | to the next 8   |
 *   +-------+-------+--------+------+----------------------+-----------------+
 *     u64     s64     u16      u8     any bytes but NUL and '/': 255, or more on a few systems
 * </pre>
 *
 * <pre>
 * while (dirent.nextChild()) {
 *   ... dirent.nameAddress() ...
 * }
 * </pre>
 *
 * Whatever the bytes are, no entry is shown that does not lie in the buffer with its length and a
 * NUL after its name; the first that does not ends the walk as {@link #isMalformed}. That holds for
 * bytes that stay as they are: memory that others write meanwhile has to be copied first. What the
 * other methods say is about the entry that the last {@link #next} or {@link #nextChild} found, and
 * undefined if it found none. One thread at a time. Source: {@code include/linux/dirent.h}.
 */
public final class Dirent {
  /** u64. */
  public static final int INO = 0;

  /** s64: where the next entry is, for {@code lseek}. */
  public static final int OFFSET = 8;

  /** u16: bytes of this entry. */
  public static final int RECLEN = 16;

  /** u8: a DT constant. */
  public static final int TYPE = 18;

  /** Bytes up to a NUL. */
  public static final int NAME = 19;

  /** The file system does not say the type here. */
  public static final int DT_UNKNOWN = 0;

  /** A FIFO. */
  public static final int DT_FIFO = 1;

  /** A character device. */
  public static final int DT_CHR = 2;

  /** A directory. */
  public static final int DT_DIR = 4;

  /** A block device. */
  public static final int DT_BLK = 6;

  /** A regular file. */
  public static final int DT_REG = 8;

  /** A symbolic link. */
  public static final int DT_LNK = 10;

  /** A socket. */
  public static final int DT_SOCK = 12;

  /** A whiteout of an overlay. */
  public static final int DT_WHT = 14;

  private static final int MIN_LENGTH = NAME + 1;
  private static final long ONES = 0x0101010101010101L;

  private long address;
  private int length;
  private long end;
  private boolean malformed;

  /** A cursor over nothing yet: {@link #next} is false. */
  public Dirent() {}

  /**
   * Puts the cursor before the first entry of a buffer.
   *
   * @param address where the buffer is; not checked.
   * @param length how many bytes of it count: what the call returned; nothing is there for one of 0
   *     or less.
   */
  public Dirent wrap(long address, long length) {
    this.address = address;
    this.length = 0;
    this.end = address + Math.max(length, 0);
    this.malformed = false;
    return this;
  }

  /** Moves to the next entry; false if there is none. */
  public boolean next() {
    address += length;
    long rest = end - address;
    if (rest < MIN_LENGTH) {
      return stop(rest != 0);
    }
    length = Memory.getUnsignedShort(address + RECLEN);
    if (length < MIN_LENGTH || length > rest || !isTerminated()) {
      return stop(true);
    }
    return true;
  }

  /** Moves to the next entry that is neither {@code .} nor {@code ..}; false if there is none. */
  public boolean nextChild() {
    while (next()) {
      if (!isDotOrDotDot()) {
        return true;
      }
    }
    return false;
  }

  private boolean stop(boolean bad) {
    malformed |= bad;
    address = end;
    length = 0;
    return false;
  }

  /** Usually one load: names end in the last 8 bytes of an entry, since entries are padded to 8. */
  private boolean isTerminated() {
    long tail = Memory.getLong(address + length - Long.BYTES);
    int before = NAME - (length - Long.BYTES);
    long word = before > 0 ? tail | ((1L << (before * Byte.SIZE)) - 1) : tail;
    return zeros(word) != 0 || nameLength() < length - NAME;
  }

  /** The lowest bit set is the high one of the first byte that is zero; 0 if none is. */
  private static long zeros(long word) {
    return word - ONES & ~word & ONES << 7;
  }

  /** Whether {@link #next} ended at bytes that are no entry. */
  public boolean isMalformed() {
    return malformed;
  }

  /** The inode's number, unsigned. */
  public long ino() {
    return Memory.getLong(address + INO);
  }

  /** Where the entry after this one is, for {@code lseek}: opaque. */
  public long offset() {
    return Memory.getLong(address + OFFSET);
  }

  /** The type, a DT constant. File systems may say {@link #DT_UNKNOWN} of anything. */
  public int type() {
    return Memory.getByte(address + TYPE) & 0xff;
  }

  /** The {@link #type} of the entry whose name is at an address, as long as its buffer is there. */
  public static int typeOf(long nameAddress) {
    return Memory.getByte(nameAddress - NAME + TYPE) & 0xff;
  }

  /** Where the name begins: bytes up to a NUL, as a call's path. Valid as long as the buffer. */
  public long nameAddress() {
    return address + NAME;
  }

  /** Bytes of the name, without the NUL. Counts them. */
  public int nameLength() {
    int limit = length - NAME;
    int i = 0;
    for (; i + Long.BYTES <= limit; i += Long.BYTES) {
      long zeros = zeros(Memory.getLong(address + NAME + i));
      if (zeros != 0) {
        return i + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
      }
    }
    while (i < limit && Memory.getByte(address + NAME + i) != 0) {
      i++;
    }
    return i;
  }

  /** Whether the name is {@code .} or {@code ..}. */
  public boolean isDotOrDotDot() {
    if (nameByte(0) != '.') {
      return false;
    }
    byte second = nameByte(1);
    return second == 0 || (second == '.' && nameByte(2) == 0);
  }

  private byte nameByte(int i) {
    return Memory.getByte(address + NAME + i);
  }

  /** Whether the name is these bytes, none of which is a NUL. */
  public boolean nameEquals(byte[] name) {
    return nameLength() == name.length && CString.startsWith(nameAddress(), name);
  }

  /** The name's bytes, in a new array. */
  public byte[] nameBytes() {
    byte[] bytes = new byte[nameLength()];
    CString.copyTo(nameAddress(), bytes, 0, bytes.length);
    return bytes;
  }

  /**
   * Copies the name, without the NUL, to {@code to} from index {@code at} on.
   *
   * @return the name's length, bytes; if that is more than there is room for, nothing was copied.
   */
  public int copyName(byte[] to, int at) {
    int bytes = nameLength();
    if (bytes <= to.length - at) {
      CString.copyTo(nameAddress(), to, at, bytes);
    }
    return bytes;
  }
}
