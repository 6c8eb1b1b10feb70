package io.syslet.server.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The records of a file, in order, up to the first that is missing or damaged. It knows the frames
 * of a Chronicle file, and nothing in a file can make it wait or throw.
 *
 * <pre>
 *   | header u32 | content, padded to 4 bytes | header ...
 *     bit 31     not complete
 *     bit 30     metadata: the library's own
 *     else       length
 *     0          nothing yet;  bits 31 and 30 alone: end of the file
 * </pre>
 *
 * A record that its header calls incomplete but whose own checksum is right is taken: the server
 * died between the two. Source: net.openhft.chronicle.wire.Wires.
 */
final class RecordReader implements Closeable {
  private static final int NOT_COMPLETE = 1 << 31;
  private static final int META_DATA = 1 << 30;
  private static final int LENGTH_MASK = META_DATA - 1;
  private static final int END_OF_DATA = NOT_COMPLETE | META_DATA;

  private final FileWindow window;
  private final RecordView record = new RecordView();
  private long position;
  private long expected = -1;

  RecordReader(Path file) throws IOException {
    window = new FileWindow(file);
  }

  /** Goes to the next record; false if there is none that follows the one before. */
  boolean next() throws IOException {
    skipMetadata();
    if (!isRecord(position + ChronicleLog.HEADER) || !follows()) {
      return false;
    }
    expected = record.sequence() + 1;
    position += ChronicleLog.HEADER + padded(record.length());
    return true;
  }

  private boolean follows() {
    return expected < 0 || record.sequence() == expected;
  }

  private void skipMetadata() throws IOException {
    while (isMetadata(header())) {
      position += ChronicleLog.HEADER + padded(header() & LENGTH_MASK);
    }
  }

  private static boolean isMetadata(int header) {
    return (header & (NOT_COMPLETE | META_DATA)) == META_DATA && (header & LENGTH_MASK) > 0;
  }

  private int header() throws IOException {
    return window.has(position, Integer.BYTES)
        ? window.buffer().getInt(window.offset(position))
        : 0;
  }

  private boolean isRecord(long at) throws IOException {
    return isCovered(at) && record.look(window.buffer(), window.offset(at), window.end());
  }

  private boolean isCovered(long at) throws IOException {
    window.cover(at, ChronicleLog.MAX_RECORD);
    return window.has(at, RecordLayout.BODY);
  }

  /** The version of the record where {@link #next} stopped; 0 if there is none. */
  int version() throws IOException {
    long at = position + ChronicleLog.HEADER;
    return isCovered(at) ? record.version(window.buffer(), window.offset(at), window.end()) : 0;
  }

  private static long padded(int length) {
    return (length + 3L) & ~3L;
  }

  /** The record that {@link #next} has found. */
  RecordView record() {
    return record;
  }

  /** Where the next record would begin. */
  long position() {
    return position;
  }

  /** Bytes of the file. */
  long length() {
    return window.length();
  }

  /** Whether {@link #next} came to the end that the library has marked. */
  boolean isAtEnd() throws IOException {
    return header() == END_OF_DATA;
  }

  /** Whether a record was being written where {@link #next} stopped. */
  boolean isUnfinished() throws IOException {
    return (header() & NOT_COMPLETE) != 0;
  }

  /**
   * Looks for another record behind the damage, anywhere.
   *
   * @return whether {@link #record} is one. Then {@link #next} goes on behind it.
   */
  boolean resume() throws IOException {
    long at = position + ChronicleLog.HEADER;
    while (at < length()) {
      if (isRecord(at)) {
        expected = record.sequence() + 1;
        position = at + padded(record.length());
        return true;
      }
      at += Integer.BYTES;
      at = Math.max(at, window.nextByte(at) & -Integer.BYTES);
    }
    return false;
  }

  /** Offset behind the last byte that is not zero, {@link #position} if there is none behind it. */
  long lastByte() throws IOException {
    long last = position;
    for (long at = window.nextByte(position); at < length(); at = window.nextByte(at + 1)) {
      last = at + 1;
    }
    return last;
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
