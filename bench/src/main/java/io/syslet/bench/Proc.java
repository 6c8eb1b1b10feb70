package io.syslet.bench;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the machine says of this process. */
public final class Proc {
  private Proc() {}

  /** Memory in use, kilobytes. */
  public static long residentKilobytes() {
    return status("VmRSS:");
  }

  /** Threads of any kind. */
  public static long threads() {
    return status("Threads:");
  }

  /** Open descriptors, but the records of switches, which come and go beside hogs. */
  public static long descriptors() {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(each -> !isRecords(each)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isRecords(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).endsWith("anon_inode:[perf_event]");
    } catch (IOException e) {
      return true; // it was closed meanwhile
    }
  }

  /** By a stream, which an interrupt does not close, unlike a channel. */
  private static long status(String key) {
    try (FileInputStream in = new FileInputStream("/proc/self/status")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(-1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
