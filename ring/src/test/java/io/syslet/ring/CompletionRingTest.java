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
    int first = ring.reserve();
    int second = ring.reserve();
    assertThat(ring.complete(second, -2, 20)).isZero();
    assertThat(ring.complete(first, 1L << 40, 10)).isZero();
    assertThat(drain(10)).isEqualTo(2);
    assertThat(seen).containsExactly(-2L, 20L, 1L << 40, 10L);
    assertThat(ring.isEmpty()).isTrue();
  }

  @Test
  void aFullRingIsEagainAtReserve() {
    for (int i = 0; i < 4; i++) {
      assertThat(ring.complete(ring.reserve(), i, i)).isZero();
    }
    assertThat(ring.reserve()).isEqualTo(-EAGAIN);
    assertThat(drain(1)).isEqualTo(1);
    assertThat(ring.reserve()).isNotNegative();
    assertThat(ring.reserve()).isEqualTo(-EAGAIN);
  }

  @Test
  void whatWasGivenBackCanBeReservedAgain() {
    int[] held = {ring.reserve(), ring.reserve(), ring.reserve(), ring.reserve()};
    assertThat(ring.reserve()).isEqualTo(-EAGAIN);
    ring.release(held[2]);
    assertThat(ring.reserve()).isEqualTo(held[2]);
    assertThat(ring.reserve()).isEqualTo(-EAGAIN);
  }

  @Test
  void anEntryIsCompletedOnce() {
    int entry = ring.reserve();
    assertThat(ring.complete(entry, 0, 1)).isZero();
    assertThat(ring.complete(entry, 0, 1)).isEqualTo(-EINVAL);
    assertThat(ring.complete(-1, 0, 1)).isEqualTo(-EINVAL);
    assertThat(ring.complete(4, 0, 1)).isEqualTo(-EINVAL);
  }

  @Test
  void manyLaps() {
    for (long i = 0; i < 1000; i++) {
      int entry = ring.reserve();
      ring.arm(entry, i);
      assertThat(ring.complete(entry, -i)).isZero();
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
