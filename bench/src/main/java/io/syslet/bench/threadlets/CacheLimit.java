package io.syslet.bench.threadlets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A control group of memory, whose limit is on what its processes read as well. */
final class CacheLimit {
  private static final Path GROUPS = Path.of("/sys/fs/cgroup");
  private static final boolean SECOND = Files.exists(GROUPS.resolve("cgroup.controllers"));

  private final Path group;

  private CacheLimit(Path group) {
    this.group = group;
  }

  /**
   * Makes a group without processes.
   *
   * @throws IOException if this user may not.
   */
  static CacheLimit open(long bytes) throws IOException {
    CacheLimit limit =
        new CacheLimit(
            Files.createTempDirectory(SECOND ? GROUPS : GROUPS.resolve("memory"), "syslet-"));
    String file = SECOND ? "memory.max" : "memory.limit_in_bytes";
    try {
      Files.writeString(limit.group.resolve(file), Long.toString(bytes));
    } catch (IOException e) {
      limit.close();
      throw e;
    }
    return limit;
  }

  /** Where a process writes its id, so that what it reads from then on counts. */
  Path processes() {
    return group.resolve("cgroup.procs");
  }

  /** Removes it; its processes have ended. */
  void close() throws IOException {
    Files.delete(group);
  }
}
