package io.syslet.ring;

/**
 * One mark per slot: which position the slot holds now, by which entry, and whether it is finished.
 *
 * <pre>
 *  +----------------+---+------------------------------------------+
 *  |  position u32  | P |                entry u31                 |  u64, most significant bit first
 *  +----------------+---+------------------------------------------+
 * </pre>
 *
 * P is 0 while the owner of the entry writes the completion (claimed), 1 when it is written
 * (published). A mark is never reset: the claim of the next lap overwrites it, so a consumer need
 * not know that marks exist.
 */
final class MarkDescriptor {
  static final int MARK_LENGTH = 8;
  private static final long PUBLISHED = 1L << 31;

  private MarkDescriptor() {}

  static long claimed(int position, int entry) {
    return ((long) position << 32) | entry;
  }

  static long published(int position, int entry) {
    return ((long) position << 32) | PUBLISHED | entry;
  }

  static int position(long mark) {
    return (int) (mark >>> 32);
  }

  static int entry(long mark) {
    return (int) mark & Integer.MAX_VALUE;
  }

  static boolean isPublished(long mark) {
    return (int) mark < 0;
  }

  static boolean isPublishedAt(long mark, int position) {
    return isPublished(mark) && position(mark) == position;
  }
}
