package io.syslet.server.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal and changes nothing: also one that a server is writing just now, and one that is
 * damaged. Any thread.
 */
public final class JournalReader {
  private static final int ATTEMPTS = 100;

  private final Path dir;

  private JournalReader(Path dir) {
    this.dir = dir;
  }

  /**
   * A reader of the journal in a folder.
   *
   * @throws NoSuchFileException if there is no such folder, or it holds no journal.
   * @throws NotDirectoryException if it is no folder.
   * @throws IOException if it cannot be read.
   */
  public static JournalReader of(Path dir) throws IOException {
    if (!Files.readAttributes(dir, BasicFileAttributes.class).isDirectory()) {
      throw new NotDirectoryException(dir.toString());
    }
    if (JournalFiles.runs(dir).isEmpty()) {
      throw new NoSuchFileException(dir.toString(), null, "not a journal");
    }
    return new JournalReader(dir);
  }

  /** All records that can be read, the oldest first. */
  public void forEach(Consumer<JournalRecord> each) throws IOException {
    for (Path file : JournalFiles.files(dir)) {
      try (RecordReader reader = new RecordReader(file)) {
        String name = JournalFiles.name(file);
        while (reader.next()) {
          RecordView record = reader.record();
          each.accept(
              new JournalRecord(
                  name, record.sequence(), record.kind().name(), RecordFields.of(record)));
        }
      } catch (NoSuchFileException e) {
        // Released since it was listed: its successor begins with what it held.
      }
    }
  }

  /** What the journal holds. */
  public JournalSummary summary() throws IOException {
    JournalSummary before = null;
    for (int i = 0; i < ATTEMPTS; i++) {
      JournalSummary now = trySummary();
      // A server that writes can look like damage, but not twice at the same place.
      if (now != null && (now.loss().isNone() || (before != null && same(now, before)))) {
        return now;
      }
      before = now == null ? before : now;
    }
    throw new IOException(dir + ": changes too fast to be read");
  }

  private static boolean same(JournalSummary one, JournalSummary other) {
    return one.loss().equals(other.loss());
  }

  /** Null if a file was released since it was listed. */
  private @Nullable JournalSummary trySummary() throws IOException {
    try {
      return readSummary();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private JournalSummary readSummary() throws IOException {
    List<Path> files = JournalFiles.files(dir);
    Map<String, Long> records = new TreeMap<>();
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
      count(file, records);
    }
    JournalRecovery recovery = JournalRecovery.read(files);
    HeldState state = recovery.state();
    return new JournalSummary(
        files.size(),
        bytes,
        records,
        state.sessions(),
        state.calls(),
        state.completions(),
        recovery.loss());
  }

  private static void count(Path file, Map<String, Long> records) throws IOException {
    try (RecordReader reader = new RecordReader(file)) {
      while (reader.next()) {
        records.merge(reader.record().kind().name(), 1L, Long::sum);
      }
    }
  }
}
