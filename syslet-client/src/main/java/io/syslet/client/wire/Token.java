package io.syslet.client.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A session's secret: who has it may come back. 16 bytes; never printed. */
public record Token(long first, long second) {
  /** From {@link Wire#TOKEN_LENGTH} bytes. */
  public static Token of(byte[] bytes) {
    ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return new Token(words.getLong(), words.getLong());
  }

  /** As bytes, in a new array. */
  public byte[] bytes() {
    ByteBuffer words = ByteBuffer.allocate(Wire.TOKEN_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    return words.putLong(first).putLong(second).array();
  }

  static Token read(FrameReader in) throws MalformedFrameException {
    return new Token(in.readLong(), in.readLong());
  }

  void write(FrameWriter out) {
    out.putLong(first).putLong(second);
  }

  @Override
  public String toString() {
    return "a token";
  }
}
