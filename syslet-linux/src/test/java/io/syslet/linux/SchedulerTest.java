package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.kernel.VirtualThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Virtual threads of the JDK on a scheduler of ours. */
class SchedulerTest {
  private static final int SLEEPERS = 40;

  @Test
  void virtualThreadsRunOnItAndSoDoThoseTheyStart() throws Exception {
    try (Scheduler scheduler = Scheduler.open(SchedulerOptions.defaults().name("mine"))) {
      AtomicInteger ended = new AtomicInteger();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        threads.add(VirtualThreads.create(scheduler, "outer", () -> sleepAndStart("mine", ended)));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(ended.get()).isEqualTo(200);
    }
  }

  private static void sleepAndStart(String where, AtomicInteger ended) {
    try {
      Thread.sleep(5);
      assertThat(Thread.currentThread().toString()).contains(where);
      Thread.startVirtualThread(ended::incrementAndGet).join();
      ended.incrementAndGet();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aThreadOutlivesItsScheduler() throws Exception {
    Scheduler scheduler = Scheduler.open(SchedulerOptions.defaults().name("mine"));
    AtomicInteger ended = new AtomicInteger();
    Thread thread =
        VirtualThreads.create(scheduler, "outer", () -> sleepAndStart("leftover", ended));
    thread.start();
    scheduler.close();
    thread.join();
    Thread late = VirtualThreads.create(scheduler, "late", ended::incrementAndGet);
    late.start();
    late.join();
    assertThat(ended.get()).isEqualTo(3);
  }

  /** The JVM waits at its end for threads that are in native code, as idle workers are. */
  @Test
  void whoHasNothingToDoLeavesAndWhatRunsGoesOn() throws Exception {
    try (Scheduler scheduler = Scheduler.open(SchedulerOptions.defaults().name("leaving"))) {
      AtomicBoolean over = new AtomicBoolean();
      Thread runs =
          VirtualThreads.create(
              scheduler,
              "runs",
              () -> {
                while (!over.get()) {
                  Thread.onSpinWait();
                }
              });
      runs.start();
      Threads.until(() -> named("leaving") > 1, "its threads are there");
      scheduler.leave();
      Threads.until(() -> named("leaving") == 1, "all but one have left");
      over.set(true);
      runs.join();
      Threads.until(() -> named("leaving") == 0, "the last has left");
      Thread late = VirtualThreads.create(scheduler, "late", () -> over.set(false));
      late.start();
      late.join();
      assertThat(over).isFalse();
    }
  }

  private static long named(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .count();
  }

  @Test
  void theLimitIsKeptAndChecked() {
    try (Scheduler scheduler = Scheduler.open(SchedulerOptions.defaults().maxBlocked(7))) {
      assertThat(scheduler.maxBlocked(9)).isEqualTo(7);
      assertThat(scheduler.stats().maxBlocked()).isEqualTo(9);
      assertThatThrownBy(() -> scheduler.maxBlocked(-1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void asManyAsThereAreNumbersMaySleep() throws Exception {
    SchedulerOptions options = SchedulerOptions.defaults().maxBlocked(Integer.MAX_VALUE);
    try (Scheduler scheduler = Scheduler.open(options);
        NativePipe pipe = new NativePipe()) {
      assertThat(scheduler.maxBlocked(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
      assertThat(scheduler.stats().maxBlocked()).isEqualTo(Integer.MAX_VALUE);
      List<Thread> sleepers = Threads.start(scheduler, SLEEPERS, pipe::await);
      Threads.until(() -> scheduler.stats().mounted() == SLEEPERS, "more than the first workers");
      pipe.feed(SLEEPERS);
      Threads.join(sleepers);
    }
  }

  @Test
  void theLimitMayBeRaisedByAnyNumber() throws Exception {
    try (Scheduler scheduler = Scheduler.open(SchedulerOptions.defaults().maxBlocked(0));
        NativePipe pipe = new NativePipe()) {
      assertThat(scheduler.maxBlocked(Integer.MAX_VALUE)).isZero();
      List<Thread> sleepers = Threads.start(scheduler, SLEEPERS, pipe::await);
      Threads.until(() -> scheduler.stats().mounted() == SLEEPERS, "all sleep");
      pipe.feed(SLEEPERS);
      Threads.join(sleepers);
    }
  }
}
