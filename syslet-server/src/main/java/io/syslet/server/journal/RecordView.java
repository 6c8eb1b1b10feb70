package io.syslet.server.journal;

import io.syslet.server.session.Peer;
import io.syslet.server.session.TokenHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** A record that is read, somewhere in a buffer. One thread. */
final class RecordView {
  private final CRC32C crc = new CRC32C();
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private int start;

  /**
   * Looks at what may be a record.
   *
   * @param bytes little-endian.
   * @param at offset where it would begin.
   * @param end offset where the bytes end.
   * @return whether it is one: whole, of our version, and its checksum right.
   */
  boolean look(ByteBuffer bytes, int at, int end) {
    return end - at >= RecordLayout.BODY
        && bytes.get(at + RecordLayout.VERSION_AT) == RecordLayout.VERSION
        && RecordKind.of(bytes.get(at + RecordLayout.KIND)) != null
        && isWhole(bytes, at, end)
        && isComplete();
  }

  /** The version of what may be a record of another one: 0 unless its checksum is right. */
  int version(ByteBuffer bytes, int at, int end) {
    return end - at >= RecordLayout.BODY && isWhole(bytes, at, end)
        ? Byte.toUnsignedInt(bytes.get(at + RecordLayout.VERSION_AT))
        : 0;
  }

  private boolean isWhole(ByteBuffer bytes, int at, int end) {
    buffer = bytes;
    start = at;
    return length() >= RecordLayout.BODY
        && length() <= end - at
        && sum() == bytes.getInt(at + RecordLayout.CRC);
  }

  private int sum() {
    ByteBuffer content = buffer.duplicate();
    content.limit(start + length()).position(start + RecordLayout.VERSION_AT);
    crc.reset();
    crc.update(content);
    return (int) crc.getValue();
  }

  /** Whether the body has all words of its kind. */
  private boolean isComplete() {
    int words =
        switch (kind()) {
          case CHECKPOINT -> 8;
          case OPENED -> 9;
          case COMPLETED -> 5;
          case BEGAN -> 4;
          case ENDED_INLINE -> 3;
          case ACKNOWLEDGED, HELD_FROM, HELD_COMPLETIONS -> 2;
          case CLOSED, HELD_CALLS -> 1;
          case CHECKPOINT_END -> 0;
        };
    return words() >= words && (kind() != RecordKind.OPENED || textEnd() <= length());
  }

  private int textEnd() {
    int at = RecordLayout.TEXT_LENGTHS;
    return at + 2 * Short.BYTES + textLength(at) + textLength(at + Short.BYTES);
  }

  private int textLength(int at) {
    return Short.toUnsignedInt(buffer.getShort(start + at));
  }

  /** Length of the whole, bytes. */
  int length() {
    return Short.toUnsignedInt(buffer.getShort(start + RecordLayout.LENGTH));
  }

  /** What it says. */
  RecordKind kind() {
    RecordKind kind = RecordKind.of(buffer.get(start + RecordLayout.KIND));
    if (kind == null) {
      throw new IllegalStateException("not a record");
    }
    return kind;
  }

  /** Its number. */
  long sequence() {
    return buffer.getLong(start + RecordLayout.SEQUENCE);
  }

  /** How many words the body has. */
  int words() {
    return (length() - RecordLayout.BODY) / Long.BYTES;
  }

  /** A word of the body. */
  long word(int i) {
    return buffer.getLong(start + RecordLayout.BODY + i * Long.BYTES);
  }

  /** The token's hash of OPENED. */
  TokenHash token() {
    return TokenHash.ofBytes(bytes(RecordLayout.TOKEN, TokenHash.LENGTH));
  }

  /** The peer of OPENED. */
  Peer peer() {
    int at = RecordLayout.TEXT_LENGTHS;
    int one = textLength(at);
    int text = at + 2 * Short.BYTES;
    String kind = utf8(bytes(text, one));
    String name = utf8(bytes(text + one, textLength(at + Short.BYTES)));
    return new Peer(kind, word(1), word(2), word(3), name);
  }

  private byte[] bytes(int at, int count) {
    byte[] copy = new byte[count];
    buffer.get(start + at, copy);
    return copy;
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
