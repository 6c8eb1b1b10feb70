package io.syslet.threads.slow;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * An answer in the FUSE kernel protocol 7 (linux/fuse.h), native byte order:
 *
 * <pre>
 *    0  u32 length     of all
 *    4  s32 error      0 or −errno
 *    8  u64 unique     of the request
 *   16                 what the operation answers
 * </pre>
 */
final class FuseAnswer {
  private static final int HEADER = 16;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final int FILE = 0100444;
  private static final int FOLDER = 040555;
  private static final int BLOCK = 4096;

  private final MemorySegment bytes;
  private long end = HEADER;

  FuseAnswer(long unique, int capacity) {
    bytes = Arena.ofAuto().allocate(HEADER + (long) capacity, Long.BYTES);
    bytes.set(LONG, 8, unique);
  }

  /** Sends it: whether the kernel took it. */
  boolean send(long fd, int error) {
    bytes.set(INT, 0, (int) end);
    bytes.set(INT, 4, error);
    return Libc.write(fd, bytes, end) == end;
  }

  FuseAnswer u16(int value) {
    bytes.set(ValueLayout.JAVA_SHORT_UNALIGNED, end, (short) value);
    end += Short.BYTES;
    return this;
  }

  FuseAnswer u32(int value) {
    bytes.set(INT, end, value);
    end += Integer.BYTES;
    return this;
  }

  FuseAnswer u64(long value) {
    bytes.set(LONG, end, value);
    end += Long.BYTES;
    return this;
  }

  /** So many bytes, to be filled by the caller. */
  MemorySegment room(int count) {
    end += count;
    return bytes.asSlice(end - count, count);
  }

  /** So many bytes of no importance. */
  FuseAnswer skip(int count) {
    end += count;
    return this;
  }

  /** struct fuse_attr: a folder if it is the root, else a file. */
  FuseAnswer attributes(long node, long size) {
    boolean root = node == SlowFiles.ROOT;
    u64(node).u64(size).u64(size / 512).skip(3 * Long.BYTES).skip(3 * Integer.BYTES);
    return u32(root ? FOLDER : FILE).u32(root ? 2 : 1).skip(12).u32(BLOCK).skip(4);
  }

  /** struct fuse_entry_out, to be forgotten at once. */
  FuseAnswer entry(long node, long size) {
    return u64(node).skip(3 * Long.BYTES).skip(2 * Integer.BYTES).attributes(node, size);
  }
}
