package io.syslet.bench.handover;

import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.ring.CompletionRing;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * lstat of files that are not in the cache, each in a directory of its own, below the current
 * directory. What is missed cannot be told from what needed no disk.
 */
final class ColdBlocker implements Blocker {
  private static final Path DROP_CACHES = Path.of("/proc/sys/vm/drop_caches");
  private static final int STAT_LENGTH = 256;
  private static final int WARM_UP = 16;

  private final CallBlocker caller;
  private final Path tree;
  private final long[] names;
  private final long stat;

  ColdBlocker(Kernel kernel, CompletionRing ring, int calls) throws IOException {
    Arena arena = kernel.arena();
    this.caller = new CallBlocker(kernel, ring);
    this.tree = Files.createTempDirectory(Path.of("").toAbsolutePath(), "cold");
    this.names = new long[calls];
    this.stat = arena.allocate(STAT_LENGTH, Long.BYTES).address();
    for (int i = 0; i < calls; i++) {
      Path file = Files.createDirectory(tree.resolve("d" + i)).resolve("f");
      Files.createFile(file);
      names[i] = arena.allocateFrom(file.toString()).address();
    }
  }

  /** Whether this process may drop the caches. */
  static boolean isPossible() {
    return Files.isWritable(DROP_CACHES);
  }

  @Override
  public String name() {
    return "lstat, cold";
  }

  @Override
  public int round(Histogram found) throws IOException, InterruptedException {
    new ProcessBuilder("sync").start().waitFor();
    Files.writeString(DROP_CACHES, "3");
    // The JVM's own code was in that cache, too.
    Histogram ignored = new Histogram(found);
    for (int i = 0; i < names.length; i++) {
      caller.call(
          i < WARM_UP ? ignored : found,
          Nr.NEWFSTATAT,
          Sys.AT_FDCWD,
          names[i],
          stat,
          Stat.AT_SYMLINK_NOFOLLOW);
    }
    return 0;
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
