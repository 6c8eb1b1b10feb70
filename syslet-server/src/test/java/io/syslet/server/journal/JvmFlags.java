package io.syslet.server.journal;

import java.lang.management.ManagementFactory;
import java.util.List;

/** What a JVM that a test starts must be told, as this one was. */
final class JvmFlags {
  private JvmFlags() {}

  /** The flags of this JVM that open the JDK to the libraries. */
  static List<String> ours() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.matches("--(add-|enable-native|sun-misc).*"))
        .toList();
  }
}
