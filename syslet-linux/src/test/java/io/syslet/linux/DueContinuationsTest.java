package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a timer has woken goes ahead of what waits, but holds nobody up. */
class DueContinuationsTest {
  private static final int EACH = 10;

  @Test
  void dueOnesAndOthersTakeTurnsInTheirOrder() throws Exception {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    try (Scheduler scheduler = Scheduler.open(SchedulerOptions.defaults().processors(1))) {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch ended = new CountDownLatch(2 * EACH);
      AtomicBoolean queued = new AtomicBoolean();
      scheduler.execute(() -> compute(begun, queued));
      begun.await();
      for (int i = 0; i < EACH; i++) {
        String name = "other " + i;
        scheduler.execute(() -> end(order, name, ended));
      }
      for (int i = 0; i < EACH; i++) {
        String name = "due " + i;
        scheduler.executeDue(() -> end(order, name, ended));
      }
      queued.set(true);
      ended.await();
    }
    for (int i = 0; i < EACH; i++) {
      assertThat(order.subList(2 * i, 2 * i + 2))
          .containsExactlyInAnyOrder("due " + i, "other " + i);
    }
  }

  private static void end(List<String> order, String name, CountDownLatch ended) {
    order.add(name);
    ended.countDown();
  }

  /** Keeps the only processor. */
  private static void compute(CountDownLatch begun, AtomicBoolean queued) {
    begun.countDown();
    while (!queued.get()) {
      Thread.onSpinWait();
    }
  }
}
