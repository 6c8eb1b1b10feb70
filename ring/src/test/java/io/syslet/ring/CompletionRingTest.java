package io.syslet.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The ring as one thread sees it. */
class CompletionRingTest {
  private static final int EAGAIN = 11;
  private static final int EINVAL = 22;

  private final Arena arena = Arena.ofShared();
  private final CompletionRing ring = CompletionRing.allocate(arena, 4, 7);
  private final List<Long> seen = new ArrayList<>();

  @AfterEach
  void close() {
    arena.close();
  }

  private int drain(int limit) {
    return ring.drain(
        (status, callerData) -> {
          seen.add(status);
          seen.add(callerData);
        },
        limit);
  }

  @Test
  void completionsComeOutInTheOrderOfTheirEnd() {
    int first = ring.producer().reserve();
    int second = ring.producer().reserve();
    assertThat(ring.producer().complete(second, -2, 20)).isZero();
    assertThat(ring.producer().complete(first, 1L << 40, 10)).isZero();
    assertThat(drain(10)).isEqualTo(2);
    assertThat(seen).containsExactly(-2L, 20L, 1L << 40, 10L);
    assertThat(ring.isEmpty()).isTrue();
  }

  @Test
  void aFullRingIsEagainAtReserve() {
    for (int i = 0; i < 4; i++) {
      assertThat(ring.producer().complete(ring.producer().reserve(), i, i)).isZero();
    }
    assertThat(ring.producer().reserve()).isEqualTo(-EAGAIN);
    assertThat(drain(1)).isEqualTo(1);
    assertThat(ring.producer().reserve()).isNotNegative();
    assertThat(ring.producer().reserve()).isEqualTo(-EAGAIN);
  }

  @Test
  void whatWasGivenBackCanBeReservedAgain() {
    int[] held = {
      ring.producer().reserve(),
      ring.producer().reserve(),
      ring.producer().reserve(),
      ring.producer().reserve()
    };
    assertThat(ring.producer().reserve()).isEqualTo(-EAGAIN);
    ring.producer().release(held[2]);
    assertThat(ring.producer().reserve()).isEqualTo(held[2]);
    assertThat(ring.producer().reserve()).isEqualTo(-EAGAIN);
  }

  @Test
  void anEntryIsCompletedOnce() {
    int entry = ring.producer().reserve();
    assertThat(ring.producer().complete(entry, 0, 1)).isZero();
    assertThat(ring.producer().complete(entry, 0, 1)).isEqualTo(-EINVAL);
    assertThat(ring.producer().complete(-1, 0, 1)).isEqualTo(-EINVAL);
    assertThat(ring.producer().complete(4, 0, 1)).isEqualTo(-EINVAL);
  }

  @Test
  void manyLaps() {
    for (long i = 0; i < 1000; i++) {
      int entry = ring.producer().reserve();
      ring.producer().arm(entry, i);
      assertThat(ring.producer().complete(entry, -i)).isZero();
      assertThat(drain(1)).isEqualTo(1);
      assertThat(seen).containsExactly(-i, i);
      seen.clear();
    }
  }

  @Test
  void aRingWhoseMemoryIsGoneIsNotThereAnyMore() {
    CompletionRing gone;
    try (Arena brief = Arena.ofConfined()) {
      gone = CompletionRing.allocate(brief, 4, 0);
      assertThat(CompletionRing.at(gone.address())).isSameAs(gone);
    }
    assertThat(CompletionRing.at(gone.address())).isNull();
  }
}
