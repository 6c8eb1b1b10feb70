package io.syslet.server;

import java.lang.management.ManagementFactory;

/** How much memory there is. */
final class PhysicalMemory {
  private static final long SOME = 1L << 32;

  private PhysicalMemory() {}

  /** Bytes of this machine, or of its container. */
  static long bytes() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean machine
        ? machine.getTotalMemorySize()
        : SOME;
  }
}
