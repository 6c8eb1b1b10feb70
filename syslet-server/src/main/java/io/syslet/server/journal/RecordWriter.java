package io.syslet.server.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Puts a record into a buffer, word by word. Allocates nothing, but for a text. One thread. */
final class RecordWriter {
  private final ByteBuffer buffer;
  private final CRC32C crc = new CRC32C();

  /** Into a direct, little-endian buffer. */
  RecordWriter(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  /** Begins a record. */
  RecordWriter begin(RecordKind kind) {
    buffer.clear();
    buffer.put(RecordLayout.VERSION_AT, RecordLayout.VERSION);
    buffer.put(RecordLayout.KIND, kind.code());
    buffer.position(RecordLayout.BODY);
    return this;
  }

  /** Adds a word to the body. */
  RecordWriter word(long value) {
    buffer.putLong(value);
    return this;
  }

  /** Adds bytes, whole words of them. */
  RecordWriter bytes(byte[] bytes) {
    buffer.put(bytes);
    return this;
  }

  /** Adds two texts, after which the body can only end. */
  RecordWriter texts(byte[] one, byte[] other) {
    buffer.putShort((short) one.length).putShort((short) other.length).put(one).put(other);
    while (buffer.position() % Long.BYTES != 0) {
      buffer.put((byte) 0);
    }
    return this;
  }

  /** UTF-8, as {@link #texts} takes it. */
  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Ends the record, which gets a number: its length. */
  int end(long sequence) {
    int length = buffer.position();
    buffer.putShort(RecordLayout.LENGTH, (short) length);
    buffer.putLong(RecordLayout.SEQUENCE, sequence);
    buffer.limit(length).position(RecordLayout.VERSION_AT);
    crc.reset();
    crc.update(buffer);
    buffer.putInt(RecordLayout.CRC, (int) crc.getValue());
    return length;
  }
}
