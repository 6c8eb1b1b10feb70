package io.syslet.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadsTest {
  @TempDir private Path work;
  private final Map<Integer, String> heads = new ConcurrentHashMap<>();

  /** The files of a list; its index tells two names that are equal from each other. */
  private static Heads.Source files(List<byte[]> paths) {
    ArrayDeque<byte[]> left = new ArrayDeque<>(paths);
    return left::poll;
  }

  private Heads.Listener reading(List<byte[]> paths) {
    return (path, bytes, length) -> read(index(paths, path), bytes, length);
  }

  private static int index(List<byte[]> paths, byte[] path) {
    for (int i = 0; i < paths.size(); i++) {
      if (paths.get(i) == path) {
        return i;
      }
    }
    throw new AssertionError("not one of ours: " + new String(path, UTF_8));
  }

  private void read(int file, MemorySegment bytes, long length) {
    String text = length < 0 ? Errno.name((int) -length) : text(bytes.asSlice(0, length));
    assertThat(heads.put(file, text)).as("told twice of %d", file).isNull();
  }

  private static String text(MemorySegment bytes) {
    return new String(bytes.toArray(ValueLayout.JAVA_BYTE), UTF_8);
  }

  private byte[] path(String name) {
    return work.resolve(name).toString().getBytes(UTF_8);
  }

  @Test
  void eachFileIsReadOnceAlsoWhatIsNoFile() throws Exception {
    List<byte[]> paths = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Files.writeString(work.resolve("f" + i), "content of " + i);
      paths.add(path("f" + i));
    }
    paths.add(path("none"));
    paths.add(path("."));
    paths.add("x".repeat(5000).getBytes(UTF_8));
    try (Kernel kernel = LinuxKernel.boot(LinuxOptions.defaults())) {
      kernel.run(new Heads(files(paths), 12, 8, reading(paths)));
      assertThat(kernel.stats().inFlight()).isZero();
    }
    assertThat(heads)
        .hasSize(203)
        .containsEntry(7, "content of 7")
        .containsEntry(199, "content of 1");
    assertThat(heads)
        .containsEntry(200, "ENOENT")
        .containsEntry(201, "EISDIR")
        .containsEntry(202, "ENAMETOOLONG");
  }

  /** A FIFO without a writer: its open blocks until somebody writes. */
  @Test
  void aFileThatBlocksHoldsUpNoOther() throws Exception {
    Process made = new ProcessBuilder("mkfifo", work.resolve("fifo").toString()).start();
    assertThat(made.waitFor()).isZero();
    Files.writeString(work.resolve("file"), "text");
    List<byte[]> paths = List.of(path("fifo"), path("file"), path("file"));
    Heads.Listener writing =
        (path, bytes, length) -> {
          int file = index(paths, path);
          read(file, bytes, length);
          if (file == 2) {
            write(work.resolve("fifo"));
          }
        };
    try (Kernel kernel = LinuxKernel.boot(LinuxOptions.defaults())) {
      kernel.run(new Heads(files(paths), 16, 4, writing));
      assertThat(kernel.stats().pending()).isPositive();
    }
    assertThat(heads).isEqualTo(Map.of(0, "late", 1, "text", 2, "text"));
  }

  private static void write(Path fifo) {
    try {
      Files.writeString(fifo, "late");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
