package io.syslet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the figures were measured on. */
public final class Machine {
  private Machine() {}

  /** One line: processors, kernel, JDK. */
  public static String text() {
    return Runtime.getRuntime().availableProcessors()
        + " × "
        + processor()
        + ", Linux "
        + System.getProperty("os.version")
        + ", "
        + System.getProperty("java.vendor.version")
        + " "
        + Runtime.version();
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
