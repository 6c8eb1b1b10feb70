package io.syslet.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One word for one call. */
class CompletionWordTest {
  private final Arena arena = Arena.ofAuto();

  @Test
  void layoutAndOneCompletion() {
    MemorySegment memory = arena.allocate(16, 8);
    CompletionWord word = CompletionWord.wrap(memory);
    assertThat(word.isDone()).isFalse();
    assertThat(word.await(System.nanoTime())).isEqualTo(-RingErrno.ETIME);
    assertThat(word.complete(-5L << 33)).isZero();
    assertThat(memory.get(ValueLayout.JAVA_INT, 0)).isEqualTo(1);
    assertThat(memory.get(ValueLayout.JAVA_LONG, 8)).isEqualTo(-5L << 33);
    assertThat(word.complete(1)).isEqualTo(-RingErrno.EINVAL);
    assertThat(word.status()).isEqualTo(-5L << 33);
    assertThat(word.await(Long.MAX_VALUE)).isZero();
    word.reset();
    assertThat(word.isDone()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aParkedWaiterIsWoken(boolean virtual) throws Exception {
    CompletionWord word = CompletionWord.allocate(arena);
    CompletableFuture<Integer> result = new CompletableFuture<>();
    TestRings.parked(virtual, () -> result.complete(word.await(Long.MAX_VALUE)));
    assertThat(result).as("nothing was completed").isNotDone();
    assertThat(word.complete(3)).isZero();
    assertThat(result.get(10, TimeUnit.SECONDS)).isZero();
    assertThat(word.isDone()).isTrue();
    assertThat(word.status()).isEqualTo(3);
  }

  @Test
  void aWordWakesTheGroupThatItNames() {
    MemorySegment memory = arena.allocate(32, 8);
    memory.set(ValueLayout.JAVA_INT, 16 + CompletionWord.WAIT_GROUP_OFFSET, 12_345);
    CompletionWord word = CompletionWord.wrap(memory.asSlice(16));
    assertThat(word.address()).isEqualTo(memory.address() + 16);
    AtomicInteger woken = new AtomicInteger();
    try (WakeUp wakeUp = word.onWake(woken::incrementAndGet)) {
      assertThat(CompletionWord.complete(word.address(), 7)).isZero();
      assertThat(wakeUp.isDone()).isTrue();
    }
    assertThat(woken).hasValue(1);
    assertThat(word.status()).isEqualTo(7);
  }

  @Test
  void aWordWhoseMemoryIsGoneIsNotWaitedFor() {
    CompletionWord gone;
    try (Arena brief = Arena.ofConfined()) {
      gone = CompletionWord.allocate(brief);
      assertThat(CompletionWord.isWritable(gone.address())).isTrue();
    }
    assertThat(gone.await(Long.MAX_VALUE)).isEqualTo(-RingErrno.EFAULT);
    assertThat(CompletionWord.isWritable(16)).as("nothing is mapped there").isFalse();
  }

  @Test
  void bothHalvesOfAWordMustBeThere() {
    int fd = HostFiles.createMemory("test-word");
    assertThat(HostFiles.truncate(fd, 8192)).isZero();
    long pages = HostFiles.map(fd, 8192);
    HostFiles.unmap(pages + 4096, 4096);
    assertThat(CompletionWord.isWritable(pages + 4096 - 16)).isTrue();
    assertThat(CompletionWord.isWritable(pages + 4096 - 8)).isFalse();
    HostFiles.unmap(pages, 4096);
    HostFiles.close(fd);
  }

  @Test
  void badMemoryIsRefused() {
    assertThatThrownBy(() -> CompletionWord.wrap(MemorySegment.ofArray(new byte[16])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CompletionWord.wrap(arena.allocate(8, 8)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
