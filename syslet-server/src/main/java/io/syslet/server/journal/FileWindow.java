package io.syslet.server.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A file read through a window that moves with the reader. Read, not mapped: it may be cut, or
 * grow, while we look. One thread.
 */
final class FileWindow implements Closeable {
  private static final int SIZE = 1 << 20;
  private static final ByteBuffer ZEROS = ByteBuffer.allocate(SIZE);

  private final FileChannel channel;
  private final long length;
  private final ByteBuffer buffer = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
  private long start;

  FileWindow(Path file) throws IOException {
    channel = FileChannel.open(file);
    length = channel.size();
    buffer.limit(0);
  }

  /** Bytes that the file had when it was opened. */
  long length() {
    return length;
  }

  /**
   * Sees to it that some bytes from a position on are in the buffer, as far as the file has any.
   */
  void cover(long position, int count) throws IOException {
    long end = Math.min(position + count, length);
    if (position < end && (position < start || end > start + buffer.limit())) {
      read(position);
    }
  }

  private void read(long position) throws IOException {
    buffer.clear();
    start = position;
    while (buffer.hasRemaining() && channel.read(buffer, start + buffer.position()) > 0) {
      // until it is full, or the file ends
    }
    buffer.flip();
  }

  /** The bytes, of which {@link #offset} and {@link #end} say where they lie. */
  ByteBuffer buffer() {
    return buffer;
  }

  /** Where a covered position is in the buffer. */
  int offset(long position) {
    return (int) (position - start);
  }

  /** Where the bytes in the buffer end. */
  int end() {
    return buffer.limit();
  }

  /** Whether so many bytes from a position on are there. They are covered afterwards. */
  boolean has(long position, int count) throws IOException {
    cover(position, count);
    return position >= start && position + count <= start + buffer.limit();
  }

  /**
   * The first position, from one on, whose byte is not zero; the file's length if there is none.
   */
  long nextByte(long position) throws IOException {
    long at = position;
    while (has(at, 1)) {
      int count = end() - offset(at);
      int found = buffer.slice(offset(at), count).mismatch(ZEROS.slice(0, count));
      if (found >= 0) {
        return at + found;
      }
      at += count;
    }
    return Math.max(position, length);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
