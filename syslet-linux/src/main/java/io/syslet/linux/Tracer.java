package io.syslet.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a tracer, strace or a debugger, is attached to this process: proc(5), TracerPid. */
final class Tracer {
  private static final String FIELD = "TracerPid:\t";

  private Tracer() {}

  static boolean isThere() {
    try {
      String status = Files.readString(Path.of("/proc/self/status"));
      int field = status.indexOf(FIELD);
      return field >= 0 && status.charAt(field + FIELD.length()) != '0';
    } catch (IOException e) {
      return false;
    }
  }
}
