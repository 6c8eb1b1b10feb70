package io.syslet.client.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The client's memory, given out piece by piece. */
class HeapTest {
  private static final long SIZE = 1 << 16;
  private final MemorySegment memory = Arena.ofAuto().allocate(SIZE, 4096).fill((byte) 7);
  private final Heap heap = new Heap(memory);

  @Test
  void piecesAreAlignedAndZero() {
    for (long alignment = 1; alignment <= 4096; alignment *= 2) {
      MemorySegment piece = heap.allocate(3, alignment);
      assertThat(piece.address() % alignment).isZero();
      assertThat(piece.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE)).containsOnly(0);
    }
  }

  @Test
  void theEndIsAClearError() {
    assertThat(heap.allocate(SIZE - 10, 1).byteSize()).isEqualTo(SIZE - 10);
    assertThatThrownBy(() -> heap.allocate(11, 1))
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessageContaining("10 bytes left, not 11");
    assertThatThrownBy(() -> heap.allocate(Long.MAX_VALUE, 1)).isInstanceOf(OutOfMemoryError.class);
    assertThatThrownBy(() -> heap.allocate(1, 4096)).isInstanceOf(OutOfMemoryError.class);
    assertThat(heap.allocate(10, 1).byteSize()).isEqualTo(10);
    assertThat(heap.used()).isEqualTo(SIZE);
  }

  @Test
  void badRequestsAreRefused() {
    assertThatThrownBy(() -> heap.allocate(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> heap.allocate(1, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> heap.allocate(1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(heap::close).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void threadsGetDifferentPieces() throws InterruptedException {
    List<MemorySegment> pieces = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(Thread.ofPlatform().start(() -> allocateAll(pieces)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    pieces.sort(Comparator.comparingLong(MemorySegment::address));
    for (int i = 1; i < pieces.size(); i++) {
      assertThat(pieces.get(i).address() - pieces.get(i - 1).address()).isGreaterThanOrEqualTo(24);
    }
    assertThat(pieces).hasSize((int) (SIZE / 24));
  }

  private void allocateAll(List<MemorySegment> pieces) {
    try {
      for (; ; ) {
        pieces.add(heap.allocate(24, 8));
      }
    } catch (OutOfMemoryError e) {
      assertThat(e).hasMessageContaining("left");
    }
  }
}
