package io.syslet.client.wire;

import io.syslet.ring.Memory;

/**
 * Reads one frame out of memory, and not a byte beyond it. Reusable; by one thread at a time.
 *
 * <pre>
 *    0            4        6         8
 *   +------------+--------+---------+----------------- - -
 *   | u32 length | u16    | u16     | what the type says
 *   | of it all  | type   | version |
 *   +------------+--------+---------+----------------- - -
 * </pre>
 */
public final class FrameReader {
  private FrameType type = FrameType.BELL;
  private long at;
  private long end;

  /**
   * How long the frame is whose header lies at {@code address}. Checks the whole header, so that
   * nobody waits for the rest of a frame that will be refused.
   *
   * @return bytes, {@link Wire#HEADER_LENGTH} to {@link Wire#MAX_FRAME}.
   * @throws MalformedFrameException for a length out of range, another version, an unknown type, or
   *     a length that the type does not have.
   */
  public static int length(long address) throws MalformedFrameException {
    long length = Integer.toUnsignedLong(Memory.getInt(address));
    FrameType type = type(address);
    long payload = length - Wire.HEADER_LENGTH;
    if (payload < type.least || payload > type.most) {
      throw new MalformedFrameException("a " + type + " frame of " + length + " bytes");
    }
    return (int) length;
  }

  private static FrameType type(long address) throws MalformedFrameException {
    int version = Memory.getUnsignedShort(address + 6);
    if (version != Wire.VERSION) {
      throw new MalformedFrameException("version " + version + ", not " + Wire.VERSION);
    }
    FrameType type = FrameType.of(Memory.getUnsignedShort(address + 4));
    if (type == null) {
      throw new MalformedFrameException(
          "no frame has type " + Memory.getUnsignedShort(address + 4));
    }
    return type;
  }

  /** Begins to read the frame at {@code address}, whose {@link #length} bytes are there. */
  public FrameReader wrap(long address) throws MalformedFrameException {
    int length = length(address);
    type = type(address);
    at = address + Wire.HEADER_LENGTH;
    end = address + length;
    return this;
  }

  /** What kind of frame it is. */
  public FrameType type() {
    return type;
  }

  /** Bytes not read yet. */
  public long remaining() {
    return end - at;
  }

  /** Reads 16 bits, unsigned. */
  public int readShort() throws MalformedFrameException {
    return Memory.getUnsignedShort(skip(Short.BYTES));
  }

  /** Reads 32 bits. */
  public int readInt() throws MalformedFrameException {
    return Memory.getInt(skip(Integer.BYTES));
  }

  /** Reads 64 bits. */
  public long readLong() throws MalformedFrameException {
    return Memory.getLong(skip(Long.BYTES));
  }

  /** Passes over {@code length} bytes: where they lie. */
  public long skip(long length) throws MalformedFrameException {
    if (length < 0 || length > end - at) {
      throw new MalformedFrameException(type + " frame cut short");
    }
    long skipped = at;
    at += length;
    return skipped;
  }

  /** Reads words that must be 0 in this version. */
  public void readZero(int length) throws MalformedFrameException {
    long from = skip(length);
    for (int i = 0; i < length; i++) {
      if (Memory.getByte(from + i) != 0) {
        throw new MalformedFrameException(type + " frame with reserved bytes that are not 0");
      }
    }
  }

  /** Checks that nothing is left. */
  public void end() throws MalformedFrameException {
    if (at != end) {
      throw new MalformedFrameException(type + " frame with " + (end - at) + " bytes too many");
    }
  }
}
