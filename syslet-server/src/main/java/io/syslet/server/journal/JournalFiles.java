package io.syslet.server.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the files of a journal are. Each time it is opened it begins a new run, a folder of its
 * own, with what it recovered; then the runs before are deleted.
 *
 * <pre>
 *   DIR/lock
 *   DIR/00000007/metadata.cq4t              the library's
 *   DIR/00000007/19700101-000003.cq4        file 3 of run 7
 *   DIR/00000007/19700101-000004.precreated the next one, with all its blocks
 * </pre>
 */
final class JournalFiles {
  private static final int RUN_DIGITS = 8;
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  private JournalFiles() {}

  /** The folder of a run. */
  static Path run(Path dir, int run) {
    return dir.resolve(String.format(Locale.ROOT, "%0" + RUN_DIGITS + "d", run));
  }

  /** Number of a run's folder. */
  static int number(Path run) {
    return Integer.parseInt(String.valueOf(run.getFileName()));
  }

  /** The runs that there are, the oldest first. */
  static List<Path> runs(Path dir) throws IOException {
    return list(dir, "[0-9]{" + RUN_DIGITS + "}");
  }

  /** The files of all runs with records in them, the oldest first. */
  static List<Path> files(Path dir) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path run : runs(dir)) {
      files.addAll(list(run, ".*\\.cq4"));
    }
    return files;
  }

  private static List<Path> list(Path dir, String pattern) throws IOException {
    try (Stream<Path> entries = Files.list(dir)) {
      return entries
          .filter(path -> String.valueOf(path.getFileName()).matches(pattern))
          .sorted(Comparator.comparing(Path::getFileName))
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** Makes the folder of a run, ours alone. */
  static Path make(Path run) throws IOException {
    return Files.createDirectory(run, PosixFilePermissions.asFileAttribute(PRIVATE));
  }

  /** Deletes a run. */
  static void delete(Path run) throws IOException {
    // The files with records go last: without them the rest of a run means nothing.
    for (String pattern : new String[] {".*(?<!\\.cq4)", ".*"}) {
      for (Path file : list(run, pattern)) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(run);
  }

  /** The folder in which a file is. */
  static Path folder(Path file) {
    return Objects.requireNonNull(file.getParent(), "a file of a run");
  }

  /** A file as messages name it: its run and its name. */
  static String name(Path file) {
    return folder(file).getFileName() + "/" + file.getFileName();
  }

  /** Makes sure that what a folder lists is on the disk. */
  static void force(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder)) {
      channel.force(true);
    }
  }
}
