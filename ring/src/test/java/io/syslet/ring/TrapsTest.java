package io.syslet.ring;

import static io.syslet.ring.TestRings.put;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the v7 patch did wrong. */
class TrapsTest {
  private final Arena arena = Arena.ofShared();
  private final CompletionRing ring = CompletionRing.allocate(arena, 8, 0);
  private final List<Long> seen = new ArrayList<>();

  @AfterEach
  void close() {
    arena.close();
  }

  private int drain() {
    return ring.drain((status, callerData) -> seen.add(status), Integer.MAX_VALUE);
  }

  @Test
  void statusPassedThroughAnInt() {
    long[] statuses = {1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, -1, 0xffffffffL, -4095};
    for (long status : statuses) {
      assertThat(put(ring, status, ~status)).isZero();
    }
    assertThat(ring.statusAt(ring.tail())).isEqualTo(1L << 32);
    assertThat(ring.callerDataAt(ring.tail())).isEqualTo(~(1L << 32));
    assertThat(drain()).isEqualTo(statuses.length);
    assertThat(seen)
        .containsExactly(1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, -1L, 0xffffffffL, -4095L);
  }

  @Test
  void headNeverComparedWithTailAFullRingIsOverwritten() {
    for (int i = 0; i < 8; i++) {
      assertThat(put(ring, i, i)).isZero();
    }
    for (int i = 0; i < 100; i++) {
      assertThat(ring.producer().reserve()).isEqualTo(-RingErrno.EAGAIN);
    }
    assertThat(drain()).isEqualTo(8);
    assertThat(seen).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
  }

  @Test
  void aSlotIsReservedAtSubmitNotAtCompletion() {
    int[] live = new int[8];
    for (int i = 0; i < 8; i++) {
      live[i] = ring.producer().reserve();
      ring.producer().arm(live[i], i);
    }
    assertThat(ring.producer().reserve()).isEqualTo(-RingErrno.EAGAIN);
    for (int i = 7; i >= 0; i--) {
      assertThat(ring.producer().complete(live[i], i)).isZero();
    }
    assertThat(drain()).isEqualTo(8);
    assertThat(seen).containsExactly(7L, 6L, 5L, 4L, 3L, 2L, 1L, 0L);
  }

  @Test
  void aCallThatDidNotBlockKeepsItsReservation() {
    int entry = ring.producer().reserve();
    for (int i = 0; i < 1000; i++) {
      ring.producer().arm(entry, i);
      ring.producer().disarm(entry);
    }
    assertThat(ring.isEmpty()).isTrue();
    ring.producer().release(entry);
    ring.producer().release(entry);
    for (int i = 0; i < 8; i++) {
      assertThat(ring.producer().reserve()).isNotNegative();
    }
    assertThat(ring.producer().reserve()).isEqualTo(-RingErrno.EAGAIN);
  }

  @Test
  void elementsReReadAtCompletionAFailureThereIsLost() {
    MemorySegment memory = TestRings.memory(ring);
    int first = ring.producer().reserve();
    for (int elements : new int[] {0, 3, -1, 1 << 30, 1}) {
      memory.set(ValueLayout.JAVA_INT, RingDescriptor.ELEMENTS_OFFSET, elements);
      assertThat(put(ring, elements, 0)).isZero();
    }
    assertThat(ring.producer().complete(first, 99, 0)).isZero();
    assertThat(ring.elements()).isEqualTo(8);
    assertThat(drain()).isEqualTo(6);
    assertThat(seen).containsExactly(0L, 3L, -1L, 1L << 30, 1L, 99L);
  }

  @Test
  void nothingIsLostWhenTheHeadIsScribbledOn() {
    MemorySegment memory = TestRings.memory(ring);
    int[] heads = {1, 2, 7, 8, 9, 16, -1, -8, -9, -15, -16, 0x80000000, 12345};
    for (int head : heads) {
      int live = ring.producer().reserve();
      assertThat(live).isNotNegative();
      memory.set(ValueLayout.JAVA_INT, RingDescriptor.KERNEL_HEAD_OFFSET, ring.tail() + head);
      assertThat(ring.producer().complete(live, head, 0)).isZero();
      assertThat(drain()).as("head was %x", head).isEqualTo(1);
    }
    assertThat(seen)
        .containsExactlyElementsOf(Arrays.stream(heads).asLongStream().boxed().toList());
  }

  @Test
  void aScribbledTailIsEinvalForNewCallsAndNothingForOldOnes() {
    MemorySegment memory = TestRings.memory(ring);
    int[] live = new int[8];
    for (int i = 0; i < 8; i++) {
      live[i] = ring.producer().reserve();
    }
    memory.set(ValueLayout.JAVA_INT, RingDescriptor.USER_TAIL_OFFSET, 77);
    assertThat(ring.producer().reserve()).isEqualTo(-RingErrno.EINVAL);
    for (int i = 0; i < 8; i++) {
      assertThat(ring.producer().complete(live[i], i, i)).isZero();
    }
    assertThat(drain()).isEqualTo(-RingErrno.EINVAL);
    memory.set(ValueLayout.JAVA_INT, RingDescriptor.USER_TAIL_OFFSET, 0);
    assertThat(drain()).isEqualTo(8);
    assertThat(seen).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
  }

  @Test
  void aScribbledTailGivesNoUnreadCompletionAway() {
    for (int i = 0; i < 3; i++) {
      assertThat(put(ring, i, i)).isZero();
    }
    for (int i = 3; i < 8; i++) {
      assertThat(ring.producer().reserve()).isNotNegative();
    }
    MemorySegment memory = TestRings.memory(ring);
    memory.set(ValueLayout.JAVA_INT, RingDescriptor.USER_TAIL_OFFSET, 77);
    assertThat(ring.producer().reserve()).isEqualTo(-RingErrno.EINVAL);
    memory.set(ValueLayout.JAVA_INT, RingDescriptor.USER_TAIL_OFFSET, 0);
    assertThat(ring.producer().reserve()).isEqualTo(-RingErrno.EAGAIN);
    assertThat(drain()).isEqualTo(3);
    assertThat(seen).containsExactly(0L, 1L, 2L);
  }

  /** Both indexes say that completions were made and read which nobody made. */
  @Test
  void aScribbledHeadAndTailGiveNoEntryOutTwice() {
    MemorySegment memory = TestRings.memory(ring);
    memory.set(ValueLayout.JAVA_INT, RingDescriptor.KERNEL_HEAD_OFFSET, 3);
    memory.set(ValueLayout.JAVA_INT, RingDescriptor.USER_TAIL_OFFSET, 3);
    Set<Integer> held = new HashSet<>();
    for (int i = 0; i < 8; i++) {
      held.add(ring.producer().reserve());
    }
    assertThat(held).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(ring.producer().reserve()).isEqualTo(-RingErrno.EINVAL);
  }

  /**
   * One completion more than there are slots is the first nonsense, and none of it is handed out.
   */
  @Test
  void indexesOneTooFarApartAreEinvalForEveryConsumer() {
    for (int i = 0; i < 8; i++) {
      assertThat(put(ring, i, i)).isZero();
    }
    MemorySegment memory = TestRings.memory(ring);
    for (int tail : new int[] {-1, 9, 8 + Integer.MIN_VALUE}) {
      memory.set(ValueLayout.JAVA_INT, RingDescriptor.USER_TAIL_OFFSET, tail);
      assertThat(drain()).as("tail %d", tail).isEqualTo(-RingErrno.EINVAL);
      assertThat(ring.drainShared((status, callerData) -> seen.add(status), 9))
          .as("tail %d", tail)
          .isEqualTo(-RingErrno.EINVAL);
      assertThat(ring.tail()).isEqualTo(tail);
    }
    assertThat(seen).isEmpty();
    memory.set(ValueLayout.JAVA_INT, RingDescriptor.USER_TAIL_OFFSET, 0);
    assertThat(drain()).as("all slots are sound").isEqualTo(8);
  }
}
