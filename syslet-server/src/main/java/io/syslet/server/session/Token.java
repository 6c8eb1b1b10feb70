package io.syslet.server.session;

import java.nio.ByteBuffer;

/** The 16 random bytes that name a session, as a key. */
record Token(long high, long low) {
  /**
   * @param bytes 16.
   */
  static Token of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Token(buffer.getLong(), buffer.getLong());
  }

  @Override
  public String toString() {
    return "a token";
  }
}
