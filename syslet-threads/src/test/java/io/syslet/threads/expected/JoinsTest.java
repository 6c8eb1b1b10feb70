package io.syslet.threads.expected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link Thread#join()} with and without a time-out. */
@ParameterizedClass
@EnumSource
class JoinsTest {
  @Parameter ThreadKind kind = ThreadKind.JDK;

  @Test
  void withATimeOut() throws Exception {
    Thread thread = kind.start(LockSupport::park);
    assertThat(thread.join(Duration.ofMillis(10))).isFalse();
    assertThat(thread.join(Duration.ofMillis(-1))).isFalse();
    thread.join(10);
    thread.join(1, 1);
    assertThat(thread.isAlive()).isTrue();
    LockSupport.unpark(thread);
    assertThat(thread.join(Duration.ofDays(1))).isTrue();
    assertThat(thread.join(Duration.ZERO)).isTrue();
    thread.join();
    thread.join(0);
  }

  @Test
  void refusesOneThatHasNotStarted() {
    Thread thread = kind.builder().unstarted(() -> {});
    assertThatThrownBy(() -> thread.join(Duration.ofMillis(1)))
        .isInstanceOf(IllegalThreadStateException.class);
    assertThatThrownBy(() -> thread.join(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void manyJoinOne() throws Exception {
    Thread thread = kind.start(LockSupport::park);
    AtomicInteger joined = new AtomicInteger();
    List<Thread> others = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      others.add(
          kind.start(
              () -> {
                thread.join();
                joined.incrementAndGet();
              }));
    }
    for (Thread other : others) {
      Eventually.is(other, Thread.State.WAITING);
    }
    LockSupport.unpark(thread);
    for (Thread other : others) {
      other.join();
    }
    assertThat(joined.get()).isEqualTo(100);
  }

  @Test
  void whatAThreadWroteIsSeenAfterwards() throws Exception {
    for (int i = 0; i < 1000; i++) {
      int[] cell = new int[1];
      int value = i;
      Thread thread = kind.start(() -> cell[0] = value);
      thread.join();
      assertThat(cell[0]).isEqualTo(i);
    }
  }
}
