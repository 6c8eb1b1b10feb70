package io.syslet.bench.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What the machine says of a process.
 *
 * @param residentKilobytes memory in use, that which it shares with others included.
 * @param privateKilobytes memory of its own.
 * @param threads of any kind.
 * @param descriptors open ones.
 * @param cpuTicks processor time so far, user's and kernel's, in {@link #TICKS_PER_SECOND}.
 */
record OtherProcess(
    long residentKilobytes, long privateKilobytes, long threads, long descriptors, long cpuTicks) {
  /** What Linux shows to programs, whatever it uses itself. */
  static final int TICKS_PER_SECOND = 100;

  /** Columns of /proc/PID/stat behind the name. */
  private static final int UTIME = 11;

  static OtherProcess of(long pid) {
    Path folder = Path.of("/proc/" + pid);
    try (Stream<Path> open = Files.list(folder.resolve("fd"))) {
      String status = Files.readString(folder.resolve("status"));
      String stat = Files.readString(folder.resolve("stat"));
      String[] columns = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return new OtherProcess(
          field(status, "VmRSS:"),
          field(status, "RssAnon:"),
          field(status, "Threads:"),
          open.count(),
          Long.parseLong(columns[UTIME]) + Long.parseLong(columns[UTIME + 1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long field(String status, String key) {
    return status
        .lines()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(-1);
  }
}
