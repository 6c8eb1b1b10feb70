package io.syslet.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/** Times of files, changed. */
final class Ages {
  private static final Duration DAY = Duration.ofDays(1);

  private Ages() {}

  /** As if it had been written yesterday. */
  static void makeOlder(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(DAY)));
  }

  /** As if it were to be written tomorrow. */
  static void makeNewer(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(DAY)));
  }
}
