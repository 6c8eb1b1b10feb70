package io.syslet.ring;

import static io.syslet.ring.TestRings.put;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Indexes are free-running and wrap at 2^32; any starting value is legal. */
class IndexWrapTest {
  private final Arena arena = Arena.ofAuto();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, -1, -4, -5, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x7ffffffe})
  void anyStartAndAcrossTheWrap(int start) {
    CompletionRing ring = TestRings.startingAt(arena, 4, start);
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 4; i++) {
        assertThat(put(ring, round, i)).isZero();
      }
      assertThat(put(ring, 0, 0)).isEqualTo(-RingErrno.EAGAIN);
      List<Long> seen = new ArrayList<>();
      assertThat(ring.drain((status, callerData) -> seen.add(callerData), 9)).isEqualTo(4);
      assertThat(seen).containsExactly(0L, 1L, 2L, 3L);
    }
    assertThat(ring.head()).isEqualTo(start + 80);
  }

  @Test
  void unreadCompletionsOfAnAdoptedRingStay() {
    MemorySegment memory = arena.allocate(CompletionRing.sizeOf(4), 64);
    memory.set(ValueLayout.JAVA_INT, RingDescriptor.KERNEL_HEAD_OFFSET, 1);
    memory.set(ValueLayout.JAVA_INT, RingDescriptor.USER_TAIL_OFFSET, -2);
    memory.set(ValueLayout.JAVA_INT, RingDescriptor.ELEMENTS_OFFSET, 4);
    CompletionRing ring = CompletionRing.wrap(memory);
    assertThat(put(ring, 0, 7)).isZero();
    assertThat(put(ring, 0, 7)).isEqualTo(-RingErrno.EAGAIN);
    assertThat(ring.drain((status, callerData) -> {}, 9)).isEqualTo(4);
  }

  @Test
  void aRingThatIsAdoptedAgainIsAsItWas() {
    CompletionRing before = CompletionRing.allocate(arena, 4, 5);
    int held = before.producer().reserve();
    assertThat(put(before, 1, 2)).isZero();
    CompletionRing ring = CompletionRing.wrap(TestRings.memory(before));
    assertThat(ring.waitGroup()).isEqualTo(5);
    assertThat(put(ring, 3, 4)).isZero();
    assertThat(put(ring, 5, 6)).isZero();
    assertThat(ring.producer().reserve()).as("one is held").isEqualTo(-RingErrno.EAGAIN);
    assertThat(ring.producer().complete(held, 7, 8)).isZero();
    List<Long> seen = new ArrayList<>();
    assertThat(ring.drain((status, callerData) -> seen.add(status), 9)).isEqualTo(4);
    assertThat(seen).containsExactly(1L, 3L, 5L, 7L);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0x80000000, 0, 0x7fffffff})
  void ringWaitTakesOnlyTheLow32BitsOfTheIndex(int index) {
    CompletionRing ring = TestRings.startingAt(arena, 4, index);
    long soon = System.nanoTime() + 2_000_000;
    assertThat(ring.await(index, 1, soon)).isEqualTo(-RingErrno.ETIME);
    assertThat(ring.await(Integer.toUnsignedLong(index), 1, soon)).isEqualTo(-RingErrno.ETIME);
    assertThat(ring.await(0x7777_0000_0000_0000L | Integer.toUnsignedLong(index), 1, soon))
        .isEqualTo(-RingErrno.ETIME);
    assertThat(put(ring, 0, 0)).isZero();
    assertThat(ring.await(index)).isZero();
  }
}
