package io.syslet.bench.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Context switches because a thread went to sleep: what the kernel calls voluntary. */
final class Sleeps {
  private static final String KEY = "voluntary_ctxt_switches:";

  private Sleeps() {}

  /** Of the calling thread so far. */
  static long ofThisThread() {
    return in(Path.of("/proc/thread-self/status"));
  }

  /** Of all living threads of a process so far. */
  static long of(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      return threads.mapToLong(thread -> in(thread.resolve("status"))).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long in(Path status) {
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith(KEY))
          .mapToLong(line -> Long.parseLong(line.substring(KEY.length()).strip()))
          .sum();
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
