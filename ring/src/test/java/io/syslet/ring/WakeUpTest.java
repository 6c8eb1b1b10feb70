package io.syslet.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A wait without a thread: an action runs in who wakes. */
class WakeUpTest {
  private final AtomicInteger woken = new AtomicInteger();

  @Test
  void theActionRunsOnceInWhoCompletes() {
    try (Arena arena = Arena.ofConfined();
        CompletionRing ring = CompletionRing.allocate(arena, 4, 77)) {
      assertThat(ring.waits().poll(0, 1)).isEqualTo(1);
      try (WakeUp wakeUp = ring.waits().onWake(woken::incrementAndGet)) {
        assertThat(wakeUp.isDone()).isFalse();
        assertThat(ring.producer().complete(ring.producer().reserve(), 1, 2)).isZero();
        assertThat(wakeUp.isDone()).isTrue();
        assertThat(woken).hasValue(1);
        assertThat(ring.waits().poll(0, 1)).isZero();
        assertThat(ring.producer().complete(ring.producer().reserve(), 1, 2)).isZero();
        assertThat(woken).as("once per registration").hasValue(1);
      }
    }
  }

  @Test
  void aRingSaysHowAWaitWouldEnd() {
    try (Arena arena = Arena.ofConfined()) {
      CompletionRing ring = CompletionRing.allocate(arena, 4, 77);
      assertThat(ring.waits().poll(0, 0)).isZero();
      assertThat(ring.waits().poll(0, 5)).isEqualTo(-RingErrno.EINVAL);
      assertThat(ring.waits().poll(-1, 1)).as("only the low 32 bits count").isZero();
      assertThat(ring.waits().poll(1L << 32, 1)).isEqualTo(1);
      ring.close();
      assertThat(ring.waits().poll(0, 1)).isEqualTo(-RingErrno.EFAULT);
    }
  }

  @Test
  void whoLeavesIsForgottenAtLast() {
    try (Arena arena = Arena.ofConfined();
        CompletionRing ring = CompletionRing.allocate(arena, 4, 78)) {
      for (int i = 0; i < 1000; i++) {
        ring.waits().onWake(woken::incrementAndGet).close();
      }
      assertThat(ring.waits().wakeAll()).as("left, and not yet swept").isLessThan(100);
    }
  }

  @Test
  void aWordWakesToo() {
    try (Arena arena = Arena.ofConfined()) {
      CompletionWord word = CompletionWord.allocate(arena);
      try (WakeUp wakeUp = word.onWake(woken::incrementAndGet)) {
        assertThat(word.complete(5)).isZero();
        assertThat(wakeUp.isDone()).isTrue();
      }
      assertThat(woken).hasValue(1);
    }
  }
}
