package io.syslet.client.wire;

import io.syslet.ring.Memory;

/**
 * Writes frames into memory, one behind the other. Reusable; by one thread at a time. Who writes
 * asks {@link #room} first where what is written has no fixed length.
 */
public final class FrameWriter {
  private long start;
  private long limit;
  private long frame;
  private long at;

  /** Begins anew in {@code capacity} bytes of memory at {@code address}. */
  public FrameWriter wrap(long address, long capacity) {
    start = address;
    frame = address;
    at = address;
    limit = address + capacity;
    return this;
  }

  /** Begins a frame; {@link #end} must follow. */
  public FrameWriter begin(FrameType type) {
    frame = at;
    putInt(0);
    putInt(type.code | Wire.VERSION << 16);
    return this;
  }

  /** Ends the frame. */
  public void end() {
    Memory.putInt(frame, (int) (at - frame));
  }

  /** Takes back what was written of the frame that has begun. */
  public void abandon() {
    at = frame;
  }

  /** Where the frame has begun. */
  public long frame() {
    return frame;
  }

  /** Where the next byte goes. */
  public long position() {
    return at;
  }

  /** Takes back what was written from {@code position} on. */
  public void back(long position) {
    at = position;
  }

  /** Bytes written since {@link #wrap}. */
  public long length() {
    return at - start;
  }

  /** Bytes that fit yet, into the memory and into the frame. */
  public long room() {
    return Math.min(limit, frame + Wire.MAX_FRAME) - at;
  }

  /** Writes 16 bits. */
  public FrameWriter putShort(int value) {
    long to = skip(Short.BYTES);
    Memory.putByte(to, (byte) value);
    Memory.putByte(to + 1, (byte) (value >>> 8));
    return this;
  }

  /** Writes 32 bits. */
  public FrameWriter putInt(int value) {
    Memory.putInt(skip(Integer.BYTES), value);
    return this;
  }

  /** Writes 64 bits. */
  public FrameWriter putLong(long value) {
    Memory.putLong(skip(Long.BYTES), value);
    return this;
  }

  /** Writes bytes of an array. */
  public FrameWriter putBytes(byte[] bytes) {
    long to = skip(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      Memory.putByte(to + i, bytes[i]);
    }
    return this;
  }

  /** Leaves {@code length} bytes for the caller to fill: where they lie. */
  public long skip(long length) {
    if (length < 0 || length > limit - at) {
      throw new IndexOutOfBoundsException("a frame too long for its memory");
    }
    long skipped = at;
    at += length;
    return skipped;
  }
}
