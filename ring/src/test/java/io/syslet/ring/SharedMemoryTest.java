package io.syslet.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sealed memory that two processes map; here twice in one. */
class SharedMemoryTest {
  private static final long LENGTH = 3 * 4096 + 100;
  @TempDir Path folder;

  private static Path path(SharedMemory memory) {
    return Path.of("/proc/self/fd/" + memory.fd());
  }

  private static long open() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  private static boolean isMapped(String name) throws IOException {
    return Files.readString(Path.of("/proc/self/maps")).contains("memfd:" + name);
  }

  @Test
  void bothMappingsAreOneMemory() throws IOException {
    try (SharedMemory ours = SharedMemory.create("test-both", LENGTH);
        SharedMemory theirs = SharedMemory.open(path(ours))) {
      assertThat(theirs.length()).isEqualTo(LENGTH);
      ours.segment().set(ValueLayout.JAVA_LONG, 4096, 42);
      assertThat(theirs.segment().get(ValueLayout.JAVA_LONG, 4096)).isEqualTo(42);
    }
  }

  @Test
  void nobodyCanCutIt() throws IOException {
    try (SharedMemory memory = SharedMemory.create("test-cut", LENGTH);
        RandomAccessFile file = new RandomAccessFile(path(memory).toFile(), "rw")) {
      assertThatThrownBy(() -> file.setLength(1)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> file.setLength(2 * LENGTH)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aFileThatCanShrinkIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[4096]);
    assertThatThrownBy(() -> SharedMemory.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("sealed");
  }

  @Test
  void nothingStaysBehind() throws IOException {
    SharedMemory.create("test-behind", LENGTH).close();
    long before = open();
    SharedMemory memory = SharedMemory.create("test-behind", LENGTH);
    assertThat(isMapped("test-behind")).isTrue();
    memory.close();
    memory.close();
    assertThatThrownBy(() -> SharedMemory.create("test-behind", 0)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> SharedMemory.create("test-behind", 1L << 60))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("errno");
    Path file = Files.write(folder.resolve("file"), new byte[4096]);
    assertThatThrownBy(() -> SharedMemory.open(file)).isInstanceOf(IOException.class);
    assertThat(isMapped("test-behind")).isFalse();
    assertThat(open()).isEqualTo(before);
    assertThatThrownBy(() -> memory.segment().get(ValueLayout.JAVA_BYTE, 0))
        .isInstanceOf(IllegalStateException.class);
  }
}
