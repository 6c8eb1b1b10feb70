package io.syslet.server.journal;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What is in a file behind the last record that can be used.
 *
 * @param position where the next record would begin.
 * @param length of the file, bytes.
 * @param records that are missing or of no use, because one before them is missing.
 * @param bytes from the position to the last one that is not zero.
 * @param unfinished whether a record was being written there.
 * @param newest the greatest number of a record in the file.
 */
record Damage(
    long position, long length, long records, long bytes, boolean unfinished, long newest) {
  /**
   * Looks at the rest of a file.
   *
   * @param last number of the last record that can be used, 0 if there is none.
   * @param accepted whether what came next had been accepted: not if the file's first checkpoint
   *     was not whole, unless something was written after it.
   */
  static Damage behind(RecordReader reader, long last, boolean accepted) throws IOException {
    long position = reader.position();
    boolean unfinished = reader.isUnfinished();
    long bytes = reader.lastByte() - position;
    long before = last;
    long newest = last;
    boolean counts = accepted;
    while (reader.resume()) {
      before = before == 0 ? reader.record().sequence() - 1 : before;
      do {
        newest = reader.record().sequence();
        counts |= !reader.record().kind().isOfCheckpoint();
      } while (reader.next());
    }
    return counts
        ? new Damage(position, reader.length(), newest - before, bytes, unfinished, newest)
        : new Damage(position, reader.length(), 0, 0, true, newest);
  }

  /**
   * What was lost in the file.
   *
   * @param made length that the file was given, bytes.
   */
  Loss loss(Path file, long made) {
    long missing = Math.max(0, made - length);
    boolean justWriting = unfinished && bytes <= ChronicleLog.MAX_RECORD;
    return records == 0 && missing == 0 && (bytes == 0 || justWriting)
        ? Loss.NONE
        : Loss.at(JournalFiles.name(file), position, records, bytes, missing);
  }
}
