package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every queued call is made, once, whoever sleeps, comes or leaves meanwhile. */
class HelpersTest {
  private static final int ROUNDS = 3000;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** Helpers leave almost as soon as they are idle: coming and going meet at each round. */
  @ParameterizedTest
  @CsvSource({"1, 1, 0", "2, 1, 3000", "3, 2, 60000", "1, 1, 3600000000000", "3, 2, 3600000000000"})
  void everyCallIsMadeOnce(int adders, int limit, long idleNanos) throws Exception {
    Helpers helpers = new Helpers("test", limit, idleNanos, Leftovers::execute);
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < adders; i++) {
      threads.add(Thread.ofPlatform().start(() -> add(helpers, failures)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    assertThat(helpers.most()).isBetween(1, limit);
    assertThat(helpers.end()).as("all have left").isTrue();
  }

  /** Nothing but a call of its own, which it waits for, comes to the help of a call. */
  private static void add(Helpers helpers, Queue<String> failures) {
    AtomicInteger made = new AtomicInteger();
    for (int round = 1; round <= ROUNDS && failures.isEmpty(); round++) {
      helpers.add(made::incrementAndGet);
      long begin = System.nanoTime();
      while (made.get() < round) {
        if (System.nanoTime() - begin > PATIENCE_NANOS) {
          failures.add("round " + round + " was not made");
          return;
        }
        Thread.onSpinWait();
      }
      if (made.get() != round) {
        failures.add("round " + round + ": " + made.get() + " calls made");
      }
    }
  }

  @Test
  void noneIsThereBeforeTheFirstCall() {
    Helpers helpers = new Helpers("test", 2, 0, Leftovers::execute);
    assertThat(helpers.most()).isZero();
    assertThat(helpers.end()).isTrue();
  }
}
