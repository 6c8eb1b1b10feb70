package io.syslet.server.session;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a session's token: all that the server keeps of it. A token has 128 random bits,
 * so that nobody finds it by trying. Immutable.
 */
public final class TokenHash {
  /** Bytes of a hash. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private TokenHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The hash of a token. */
  public static TokenHash of(byte[] token) {
    try {
      return new TokenHash(MessageDigest.getInstance("SHA-256").digest(token));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** A hash from its {@link #LENGTH} bytes, which are copied. */
  public static TokenHash ofBytes(byte[] hash) {
    if (hash.length != LENGTH) {
      throw new IllegalArgumentException("a hash of " + hash.length + " bytes");
    }
    return new TokenHash(hash.clone());
  }

  /** The {@link #LENGTH} bytes; a copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Takes as long wherever the two differ. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TokenHash hash && MessageDigest.isEqual(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return ByteBuffer.wrap(bytes).getInt();
  }

  @Override
  public String toString() {
    return "the hash of a token";
  }
}
