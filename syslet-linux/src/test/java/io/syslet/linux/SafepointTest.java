package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Safepoints: every worker sleeps, and has not blocked. No spare is used up by them, and few more
 * continuations run side by side afterwards than there are processors: without a look at the VM's
 * state it would be one more for each collection or so.
 */
class SafepointTest {
  private static final int COLLECTIONS = 60;

  @Test
  void collectionsUseUpNoSpares() throws Exception {
    try (Scheduler scheduler = Scheduler.open(SchedulerOptions.defaults());
        NativePipe pipe = new NativePipe()) {
      AtomicBoolean stop = new AtomicBoolean();
      AtomicInteger ticks = new AtomicInteger();
      List<Thread> readers = Threads.start(scheduler, 8, pipe::await);
      List<Thread> ticker = Threads.start(scheduler, 1, () -> tick(stop, ticks));
      Threads.until(() -> scheduler.stats().blocked() >= 8, "all readers sleep");
      for (int i = 0; i < COLLECTIONS; i++) {
        System.gc();
        int seen = ticks.get();
        Threads.until(() -> ticks.get() > seen, "the ticker goes on");
      }
      stop.set(true);
      Threads.join(ticker);
      Threads.until(() -> spares(scheduler) == scheduler.stats().workers() - 8, "spares are back");
      pipe.feed(8);
      Threads.join(readers);
      Threads.until(() -> spares(scheduler) == scheduler.stats().workers(), "all are spares");
    }
  }

  @Test
  void whoComputesKeepsItsProcessor() throws Exception {
    try (Scheduler scheduler = Scheduler.open(SchedulerOptions.defaults())) {
      AtomicBoolean stop = new AtomicBoolean();
      int processors = scheduler.stats().processors();
      List<Thread> many = Threads.start(scheduler, 40, () -> compute(stop));
      for (int i = 0; i < COLLECTIONS; i++) {
        System.gc();
      }
      int mounted = scheduler.stats().mounted();
      stop.set(true);
      Threads.join(many);
      assertThat(mounted)
          .as("run side by side, after %d collections", COLLECTIONS)
          .isLessThan(processors + COLLECTIONS / 10);
    }
  }

  private static long spares(Scheduler scheduler) {
    return SchedulerRecord.spares(scheduler.record);
  }

  private static void tick(AtomicBoolean stop, AtomicInteger ticks) {
    while (!stop.get()) {
      Threads.sleep(1);
      ticks.incrementAndGet();
    }
  }

  private static void compute(AtomicBoolean stop) {
    while (!stop.get()) {
      Thread.onSpinWait();
    }
  }
}
