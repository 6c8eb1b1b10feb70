package io.syslet.server.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sees what others do to the file that is written: through its mapping nobody would notice that it
 * has been removed or moved, and only who reads it that it has been overwritten.
 *
 * <p>It is read whole when its time of modification says that somebody may have written and nobody
 * of us did meanwhile; while we write, which changes that time too, once in a while. One thread.
 */
final class FileWatch {
  private static final long READ_NANOS = 10_000_000_000L;

  private @Nullable Path file;
  private @Nullable Object key;
  private long records;
  private long readAt = System.nanoTime();
  private @Nullable Object readOf;

  /**
   * Looks at the file.
   *
   * @param current the file that is written now.
   * @param length bytes that it was given.
   * @param written number of the last record in it, written before this look began.
   * @return what has happened to it; null if nothing has.
   */
  @Nullable String look(Path current, long length, long written) {
    try {
      Map<String, Object> now =
          Files.readAttributes(
              current, "unix:fileKey,size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
      if (!current.equals(file)) {
        file = current;
        key = now.get("fileKey");
      }
      if (key == null || !key.equals(now.get("fileKey"))) {
        return "its file was exchanged";
      }
      if ((long) now.getOrDefault("size", 0L) < length) {
        return "its file was cut";
      }
      boolean wasQuiet = written == records;
      records = written;
      return mustRead(now.get("lastModifiedTime"), wasQuiet) ? read(current, written) : null;
    } catch (IOException e) {
      return "its file has gone, or cannot be read: " + e.getMessage();
    }
  }

  private boolean mustRead(@Nullable Object modified, boolean wasQuiet) {
    long now = System.nanoTime();
    if (modified == null || modified.equals(readOf) || !(wasQuiet || now - readAt > READ_NANOS)) {
      return false;
    }
    readOf = modified;
    readAt = now;
    return true;
  }

  private static @Nullable String read(Path current, long written) throws IOException {
    try (RecordReader reader = new RecordReader(current)) {
      long last = 0;
      while (last < written && reader.next()) {
        last = reader.record().sequence();
      }
      return last < written ? "somebody has written into its file" : null;
    }
  }
}
