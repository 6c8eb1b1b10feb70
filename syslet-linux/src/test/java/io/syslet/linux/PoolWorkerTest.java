package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the JDK sees in a worker of ours. */
class PoolWorkerTest {
  private static final int SMALL = 512 << 10;
  private static final int LARGE = 64 << 20;

  @Test
  void itSeemsToHaveMoreToDo() {
    try (Scheduler scheduler = Scheduler.open(SchedulerOptions.defaults())) {
      assertThat(scheduler.carriers.all())
          .isNotEmpty()
          .allSatisfy(worker -> assertThat(worker.getQueuedTaskCount()).isPositive());
    }
  }

  @Test
  void itHasTheStackThatWasAskedFor() throws Exception {
    int small = depth(SMALL);
    assertThat(small).isPositive();
    assertThat(depth(LARGE) / small).isGreaterThan(LARGE / SMALL / 16);
  }

  private static int depth(int stack) throws Exception {
    AtomicInteger depth = new AtomicInteger();
    try (Scheduler scheduler = Scheduler.open(SchedulerOptions.defaults().stackSize(stack))) {
      Threads.join(Threads.start(scheduler, 1, () -> descend(depth)));
    }
    return depth.get();
  }

  private static void descend(AtomicInteger depth) {
    try {
      deeper(depth, Integer.MAX_VALUE);
    } catch (StackOverflowError e) {
      // as deep as it gets
    }
  }

  private static int deeper(AtomicInteger depth, int most) {
    return depth.incrementAndGet() == most ? 0 : 1 + deeper(depth, most);
  }
}
