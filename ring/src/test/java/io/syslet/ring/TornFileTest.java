package io.syslet.ring;

import static io.syslet.ring.TestRings.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that are no ring, too short, or become too short while they are mapped.
 *
 * <p>The processor faults on the missing page; HotSpot turns that into an InternalError that it may
 * raise a little later. The ring's edge catches it and looks at the file's size before it reports
 * an error of another kind. What is not covered: a call that succeeds up to its last instruction
 * may let the error through to its caller; only a file that cannot shrink (a sealed memfd) rules
 * that out.
 */
class TornFileTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("ring");
  }

  private void truncate(long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 100, 1000})
  void tooSmallFileIsRefused(int size) throws IOException {
    CompletionRing.create(file(), 64, 0).close();
    truncate(size);
    assertThatThrownBy(() -> CompletionRing.open(file())).isInstanceOf(IOException.class);
  }

  @Test
  void tornFileIsRefused() throws IOException {
    Files.write(file(), new byte[65536]);
    assertThatThrownBy(() -> CompletionRing.open(file())).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> CompletionRing.create(file(), 64, 0)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> CompletionRing.open(folder.resolve("none")))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3_000, 30_000, 200_000})
  void truncatedUnderUs(int warmUp) throws IOException {
    try (CompletionRing ring = CompletionRing.create(file(), 64, 0)) {
      for (int i = 0; i < warmUp; i++) {
        assertThat(put(ring, i, i)).isZero();
        ring.drain((status, callerData) -> {}, 1);
      }
      int held = ring.producer().reserve();
      truncate(0);
      assertThat(ring.producer().reserve()).isEqualTo(-RingErrno.EFAULT);
      assertThat(ring.producer().complete(held, 0)).isEqualTo(-RingErrno.EFAULT);
      assertThat(ring.producer().complete(held, 0, 1)).isEqualTo(-RingErrno.EFAULT);
      assertThat(ring.drain((status, callerData) -> {}, 1)).isEqualTo(-RingErrno.EFAULT);
      assertThat(ring.await(ring.elements(), 1, Long.MAX_VALUE)).isEqualTo(-RingErrno.EFAULT);
      assertThat(ring.recover()).isEqualTo(-RingErrno.EFAULT);
    }
  }

  @Test
  void aParkedWaiterIsTold() throws Exception {
    try (CompletionRing ring = CompletionRing.create(file(), 64, 0)) {
      CompletableFuture<Integer> result = CompletableFuture.supplyAsync(() -> ring.await(0));
      Thread.sleep(20);
      truncate(0);
      assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo(-RingErrno.EFAULT);
    }
  }

  /** Whose descriptor other files have: none of them is looked at, nor moved. */
  @Test
  void aClosedRingLeavesOtherFilesAlone() throws IOException {
    Files.write(folder.resolve("other"), new byte[10]);
    CompletionRing ring = CompletionRing.create(file(), 64, 0);
    ring.close();
    List<FileChannel> others = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      others.add(FileChannel.open(folder.resolve("other")));
    }
    assertThat(ring.await(0, 1, System.nanoTime())).isEqualTo(-RingErrno.EFAULT);
    for (FileChannel other : others) {
      assertThat(other.position()).isZero();
      other.close();
    }
  }
}
