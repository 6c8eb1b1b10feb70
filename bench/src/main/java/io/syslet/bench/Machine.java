package io.syslet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the figures were measured on. */
public final class Machine {
  private Machine() {}

  /** One line: processors, memory, kernel, JDK. */
  public static String text() {
    return Runtime.getRuntime().availableProcessors()
        + " × "
        + processor()
        + ", "
        + gigabytes()
        + " GB, Linux "
        + System.getProperty("os.version")
        + ", "
        + System.getProperty("java.vendor.version")
        + " "
        + Runtime.version();
  }

  private static String gigabytes() {
    try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
      return lines
          .filter(line -> line.startsWith("MemTotal:"))
          .map(line -> Math.round(Long.parseLong(line.replaceAll("[^0-9]", "")) / 1048576.0) + "")
          .findFirst()
          .orElse("?");
    } catch (IOException e) {
      return "?";
    }
  }

  private static String processor() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
