package io.syslet.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What a tree holds, as the system's own find counts it. */
final class Trees {
  /** Entries and bytes below a directory. */
  record Count(long entries, long directories, long bytes) {}

  private static final Path MEMORY = Path.of("/dev/shm");
  private static final long ROOM = 1L << 30;

  private Trees() {}

  /**
   * A new folder for many files: in memory where there is room, since it takes less to make them.
   */
  static Path folder() throws IOException {
    boolean hasRoom =
        Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > ROOM;
    return hasRoom ? Files.createTempDirectory(MEMORY, "walk") : Files.createTempDirectory("walk");
  }

  /** Counts with find. */
  static Count find(Path directory, String... more) throws IOException, InterruptedException {
    String script =
        "find \"$0\" -mindepth 1 \"$@\" -printf '%y %s\\n"
            + "' | awk '{n++; b += $2; if ($1 == \"d\") d++} END {printf \"%.0f %.0f %.0f\", n, d,"
            + " b}'";
    try (Scanner counted = new Scanner(sh(script, concat(directory.toString(), more)))) {
      return new Count(counted.nextLong(), counted.nextLong(), counted.nextLong());
    }
  }

  /** What a walk counted, to compare. */
  static Count of(WalkResult result) {
    return new Count(result.entries(), result.directories(), result.bytes().longValueExact());
  }

  /** Runs a shell script, and returns what it printed. */
  static String sh(String script, String... arguments) throws IOException, InterruptedException {
    String[] command = concat("sh", concat("-c", concat(script, arguments)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("failed: " + script);
    }
    return out;
  }

  /** Runs a shell script on a path; what it printed, a character for each byte. */
  static String shBytes(String script, Path path) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sh", "-c", script, path.toString()).start();
    process.getOutputStream().close();
    byte[] out = process.getInputStream().readAllBytes();
    if (process.waitFor() != 0) {
      throw new IOException("failed: " + script);
    }
    return new String(out, StandardCharsets.ISO_8859_1);
  }

  /** Lines in the order of their bytes, a character for each byte. */
  static String sorted(byte[] lines) {
    return new String(lines, StandardCharsets.ISO_8859_1)
        .lines()
        .sorted()
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private static String[] concat(String first, String... rest) {
    String[] all = new String[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }
}
