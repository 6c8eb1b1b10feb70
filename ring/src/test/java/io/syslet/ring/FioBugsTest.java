package io.syslet.ring;

import static io.syslet.ring.TestRings.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bugs that fio's syslet engine had, as far as a ring can have them. */
class FioBugsTest {
  private final Arena arena = Arena.ofAuto();

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 3, 6, 100, 1 << 27, Integer.MIN_VALUE})
  void ringSizeNotAPowerOfTwo(int elements) {
    assertThatThrownBy(() -> CompletionRing.allocate(arena, elements, 0))
        .isInstanceOf(IllegalArgumentException.class);
    MemorySegment memory = arena.allocate(CompletionRing.sizeOf(64), 64);
    memory.set(ValueLayout.JAVA_INT, RingDescriptor.ELEMENTS_OFFSET, elements);
    assertThat(CompletionRing.check(memory)).isEqualTo(-RingErrno.EINVAL);
  }

  /** A program with 3 calls in flight on a ring of 8 must see all 8 slots used. */
  @Test
  void indexMaskedByTheDepthNotTheRing() {
    CompletionRing ring = CompletionRing.allocate(arena, 8, 0);
    MemorySegment memory = TestRings.memory(ring);
    for (long i = 0; i < 8; i++) {
      assertThat(put(ring, i, i)).isZero();
      ring.advanceTo(ring.head());
    }
    for (long i = 0; i < 8; i++) {
      assertThat(memory.get(ValueLayout.JAVA_LONG, 16 + 16 * i)).isEqualTo(i);
    }
  }

  @Test
  void sizeRoundedDown() {
    for (int elements = 1; elements <= 1024; elements *= 2) {
      assertThat(CompletionRing.sizeOf(elements)).isGreaterThan(16 + 16L * elements);
      CompletionRing ring = CompletionRing.allocate(arena, elements, 0);
      for (int i = 0; i < elements; i++) {
        assertThat(put(ring, i, i)).isZero();
      }
      assertThat(put(ring, 0, 0)).isEqualTo(-RingErrno.EAGAIN);
    }
  }

  /** The acquire of the head: whoever sees a head sees what lies below it. */
  @Test
  void missingReadBarrier() throws InterruptedException {
    CompletionRing ring = CompletionRing.allocate(arena, 16, 0);
    long count = 500_000;
    Thread producer = Thread.ofPlatform().start(() -> produce(ring, count));
    long[] next = {0, 0};
    while (next[0] < count) {
      ring.drain(
          (status, callerData) -> next[1] |= (status ^ next[0]) | (callerData ^ ~next[0]++), 16);
    }
    producer.join();
    assertThat(next[1]).isZero();
  }

  private static void produce(CompletionRing ring, long count) {
    for (long i = 0; i < count; i++) {
      while (put(ring, i, ~i) == -RingErrno.EAGAIN) {
        LockSupport.parkNanos(1000);
      }
    }
  }

  /** A call that ended at once has no completion. */
  @Test
  void aSynchronousReturnExpectedInTheRing() {
    CompletionRing ring = CompletionRing.allocate(arena, 4, 0);
    int entry = ring.producer().reserve();
    ring.producer().arm(entry, 1);
    ring.producer().disarm(entry);
    assertThat(ring.isEmpty()).isTrue();
  }
}
