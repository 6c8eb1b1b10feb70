package io.syslet.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ring as one thread sees it. */
class CompletionRingTest {
  private static final int EAGAIN = 11;
  private static final int EFAULT = 14;
  private static final int EINVAL = 22;

  private final Arena arena = Arena.ofShared();
  private final CompletionRing ring = CompletionRing.allocate(arena, 4, 7);
  private final List<Long> seen = new ArrayList<>();

  @AfterEach
  void close() {
    arena.close();
  }

  private int drain(int limit) {
    return ring.drain(this::note, limit);
  }

  @Test
  void completionsComeOutInTheOrderOfTheirEnd() {
    int first = ring.producer().reserve();
    int second = ring.producer().reserve();
    assertThat(ring.producer().complete(second, -2, 20)).isZero();
    assertThat(ring.producer().complete(first, 1L << 40, 10)).isZero();
    assertThat(ring.isEmpty()).isFalse();
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

  private int[] takeAll() {
    int[] held = new int[4];
    for (int i = 0; i < held.length; i++) {
      held[i] = ring.producer().reserve();
    }
    assertThat(held).containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(ring.producer().reserve()).isEqualTo(-EAGAIN);
    return held;
  }

  @Test
  void whatWasGivenBackCanBeReservedAgain() {
    for (int entry : takeAll()) {
      ring.producer().release(entry);
      assertThat(ring.producer().reserve()).isEqualTo(entry);
      assertThat(ring.producer().reserve()).isEqualTo(-EAGAIN);
    }
  }

  @Test
  void whatWasGivenBackCannotBeCompleted() {
    int entry = ring.producer().reserve();
    ring.producer().release(entry);
    assertThat(ring.producer().complete(entry, 0)).isEqualTo(-EINVAL);
    assertThat(ring.producer().complete(entry, 0, 1)).isEqualTo(-EINVAL);
    assertThat(ring.isEmpty()).isTrue();
    takeAll();
  }

  /** A producer that was stopped for long stores an old cursor: others walk, no more. */
  @Test
  void anOldCursorLosesNoEntryAndGivesNoneOutTwice() {
    for (int old = 1; old < 20; old++) {
      for (int held = 0; held < 4; held++) {
        int[] entries = new int[4];
        for (int i = 0; i < 4; i++) {
          if (i == held) {
            ring.memory.reserveCursor(ring.tail() - 4 - old);
          }
          entries[i] = ring.producer().reserve();
        }
        assertThat(entries).as("%d behind", old).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(ring.producer().reserve()).isEqualTo(-EAGAIN);
        for (int entry : entries) {
          assertThat(ring.producer().complete(entry, 0, old)).isZero();
        }
        assertThat(drain(4)).isEqualTo(4);
      }
    }
  }

  /** The producer of the first position is stopped between its claim and its publication. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theHeadWaitsForWhoIsStoppedAndThenPassesAllThatWasPublished(boolean isTold) {
    int slow = ring.producer().reserve();
    int fast = ring.producer().reserve();
    RingMemory memory = ring.memory;
    int position = memory.claimCursor();
    long claim = MarkDescriptor.claimed(position, slow);
    assertThat(memory.casMark(position, memory.mark(position), claim)).isTrue();
    if (isTold) {
      memory.claimCursor(position + 1);
    }
    assertThat(ring.producer().complete(fast, 1, 10)).isZero();
    assertThat(ring.isEmpty()).isTrue();
    new Publication(memory, new HeadMover(memory), 0).fill(slow, position, 2, 20);
    assertThat(drain(9)).isEqualTo(2);
    assertThat(seen).containsExactly(2L, 20L, 1L, 10L);
    takeAll();
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
  void anEntryBeyondTheLastIsNotTheFirst() {
    takeAll();
    assertThat(ring.producer().complete(4, 0, 1)).isEqualTo(-EINVAL);
    assertThat(ring.producer().complete(-4, 0, 1)).isEqualTo(-EINVAL);
    assertThat(ring.isEmpty()).isTrue();
  }

  @Test
  void oneOfSeveralConsumersTakesAsManyAsItIsTold() {
    for (long i = 1; i <= 4; i++) {
      assertThat(ring.producer().complete(ring.producer().reserve(), -i, i)).isZero();
    }
    assertThat(ring.drainShared(this::note, 0)).isZero();
    assertThat(ring.drainShared(this::note, 3)).isEqualTo(3);
    assertThat(ring.tail()).isEqualTo(3);
    assertThat(ring.drainShared(this::note, 9)).isEqualTo(1);
    assertThat(ring.drainShared(this::note, 9)).isZero();
    assertThat(seen).containsExactly(-1L, 1L, -2L, 2L, -3L, 3L, -4L, 4L);
  }

  private void note(long status, long callerData) {
    seen.add(status);
    seen.add(callerData);
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
  void aClosedRingIsNotFoundByItsAddress() {
    try (CompletionRing other = CompletionRing.allocate(arena, 4, 0)) {
      assertThat(CompletionRing.at(ring.address())).isSameAs(ring);
      ring.close();
      assertThat(CompletionRing.at(ring.address())).isNull();
      assertThat(CompletionRing.at(other.address())).isSameAs(other);
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
    assertThat(gone.drain((status, callerData) -> seen.add(status), 1)).isEqualTo(-EFAULT);
    assertThat(gone.await(0)).isEqualTo(-EFAULT);
    assertThat(seen).isEmpty();
  }
}
