package io.syslet.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.linux.hung.HungMount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A walk that waits for file systems that do not answer burns no processor, however it waits; what
 * counts is the processor time of the whole process. Skipped without FUSE.
 */
class HungWalkTest {
  private static final int MOUNTS = 3;
  private static final int LEAST_SHARE = 10;
  private static final long WATCH_NANOS = 1_000_000_000;

  /** Less than the start of a JVM takes. */
  private static final long START_NANOS = 200_000_000;

  @TempDir private Path folder;
  private Path tree;
  private final List<HungMount> mounts = new ArrayList<>();

  @BeforeEach
  void hang() throws Exception {
    tree = Files.createDirectory(folder.resolve("tree"));
    for (int i = 0; i < MOUNTS; i++) {
      mounts.add(HungMount.at(Files.createDirectory(tree.resolve("hung" + i))));
    }
  }

  @AfterEach
  void release() {
    mounts.forEach(HungMount::close);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "--sync", "--lstat-only", "--tasks 1", "--in-flight 1", "--threadlets"})
  void aWalkThatWaitsBurnsNoProcessor(String options) throws Exception {
    Path out = folder.resolve("out");
    Process walk = walk(out, options);
    try {
      while (used(walk) < START_NANOS || share(walk) > LEAST_SHARE) {
        assertThat(walk.isAlive()).as(() -> read(out)).isTrue(); // one that burns goes on so
      }
      release();
      assertThat(walk.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(walk.exitValue()).as(() -> read(out)).isEqualTo(1);
      assertThat(read(out)).contains("/hung", "Transport endpoint is not connected");
    } finally {
      release();
      walk.destroyForcibly().waitFor();
    }
  }

  private Process walk(Path out, String options) throws Exception {
    List<String> line = SysletProcess.java();
    line.add("walk");
    if (!options.isEmpty()) {
      line.addAll(List.of(options.split(" ")));
    }
    line.add(tree.toString());
    return new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(out.toFile()).start();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }

  /** Per cent of a processor that all its threads have used for a while. */
  private static long share(Process process) {
    long used = used(process);
    long start = System.nanoTime();
    LockSupport.parkNanos(WATCH_NANOS);
    return 100 * (used(process) - used) / (System.nanoTime() - start);
  }

  /** User and system time, nanoseconds. */
  private static long used(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }
}
