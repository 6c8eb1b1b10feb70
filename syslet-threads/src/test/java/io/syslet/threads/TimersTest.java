package io.syslet.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who sleeps for a moment does not wait for a whole burst of others. */
class TimersTest {
  private static final int BURST = 20;
  private static final String SLEEPER = "sleeper";

  @BeforeEach
  void aMachineThatAllowsThem() {
    Assumptions.assumeTrue(Threadlets.isActive(), () -> Threadlets.whyNot().orElse(""));
  }

  @Test
  void aSleeperThatWakesUpGoesAheadOfABurst() throws Exception {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean queued = new AtomicBoolean();
    try (ThreadletScheduler one =
        ThreadletScheduler.open(ThreadletScheduler.defaults().name("timers").processors(1))) {
      Thread sleeper = one.ofVirtual().start(() -> sleep(order));
      while (sleeper.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      threads.add(sleeper);
      threads.add(one.ofVirtual().start(() -> compute(begun, queued)));
      begun.await();
      for (int i = 0; i < BURST; i++) {
        String name = "burst " + i;
        threads.add(one.ofVirtual().start(() -> order.add(name)));
      }
      ThreadletsMXBean figures = one.figures().orElseThrow();
      while (figures.getQueued() < BURST + 1) {
        Thread.onSpinWait();
      }
      queued.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(order.indexOf(SLEEPER)).isLessThanOrEqualTo(1);
  }

  private static void sleep(List<String> order) {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    order.add(SLEEPER);
  }

  private static void compute(CountDownLatch begun, AtomicBoolean queued) {
    begun.countDown();
    while (!queued.get()) {
      Thread.onSpinWait();
    }
  }
}
