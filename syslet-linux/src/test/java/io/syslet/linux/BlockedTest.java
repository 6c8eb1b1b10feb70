package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Nr;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Continuations that sleep on their worker, where only a detector can see it. */
class BlockedTest {
  private static final int SLEEPERS = 12;
  private static final int ROUNDS = 3;
  private static final long SECOND = 1_000_000_000;

  @Test
  void whoSleepsDoesNotHoldUpOthers() throws Exception {
    try (Scheduler scheduler = Scheduler.open(SchedulerOptions.defaults());
        NativePipe pipe = new NativePipe()) {
      List<Thread> sleepers = Threads.start(scheduler, SLEEPERS, pipe::await);
      Threads.join(Threads.start(scheduler, 100, () -> Threads.sleep(1)));
      Threads.until(() -> scheduler.stats().blocked() == SLEEPERS, "all are seen to sleep");
      Threads.until(() -> scheduler.stats().mounted() == SLEEPERS, "who was joined has unmounted");
      SchedulerStats stats = scheduler.stats();
      assertThat(stats.queued()).isZero();
      assertThat(stats.replacements()).isGreaterThanOrEqualTo(SLEEPERS);
      pipe.feed(SLEEPERS);
      Threads.join(sleepers);
      Threads.until(() -> scheduler.stats().mounted() == 0, "all have come back");
      Threads.until(() -> scheduler.stats().blocked() == 0, "none sleeps");
    }
  }

  @Test
  void noMoreSleepThanTheLimitSaysAndTheyAllGoOn() throws Exception {
    SchedulerOptions options = SchedulerOptions.defaults().processors(2).maxBlocked(3);
    try (Scheduler scheduler = Scheduler.open(options);
        NativePipe pipe = new NativePipe()) {
      List<Thread> sleepers = Threads.start(scheduler, SLEEPERS, pipe::await);
      Threads.until(() -> scheduler.stats().mounted() == 5, "as many sleep as may");
      Threads.until(() -> scheduler.stats().starved() > 0, "a spare is missed");
      assertThat(scheduler.stats().workers()).isEqualTo(5);
      assertThat(scheduler.stats().queued()).isEqualTo(SLEEPERS - 5);
      assertThat(scheduler.maxBlocked(4)).isEqualTo(3);
      Threads.until(() -> scheduler.stats().mounted() == 6, "one more after the limit was raised");
      pipe.feed(SLEEPERS);
      Threads.join(sleepers);
    }
  }

  @Test
  void theListenerHearsOfIt() throws Exception {
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    SchedulerListener listener =
        new SchedulerListener() {
          @Override
          public long thresholdNanos() {
            return 5_000_000;
          }

          @Override
          public void blocked(Thread worker, Runnable continuation, long nanos) {
            heard.add((nanos >= thresholdNanos() ? "blocked " : "early ") + worker.getName());
          }

          @Override
          public void returned(Thread worker, Runnable continuation, long nanos) {
            heard.add((nanos >= 20_000_000 ? "returned " : "short ") + worker.getName());
          }
        };
    try (Scheduler scheduler = Scheduler.open(SchedulerOptions.defaults().listener(listener));
        NativePipe pipe = new NativePipe()) {
      List<Thread> sleeper = Threads.start(scheduler, 1, pipe::await);
      Threads.until(() -> heard.stream().anyMatch(s -> s.startsWith("blocked")), "told of it");
      Thread.sleep(30);
      pipe.feed(1);
      Threads.join(sleeper);
      Threads.until(() -> heard.stream().anyMatch(s -> s.startsWith("returned")), "and of its end");
      assertThat(heard.stream().filter(s -> s.startsWith("blocked"))).hasSize(1);
      assertThat(heard).noneMatch(s -> s.startsWith("early"));
    }
  }

  @Test
  void aListenerThatThrowsCostsNothing() throws Exception {
    SchedulerListener listener =
        new SchedulerListener() {
          @Override
          public void blocked(Thread worker, Runnable continuation, long nanos) {
            throw new OutOfMemoryError("of the listener's, blocked");
          }

          @Override
          public void returned(Thread worker, Runnable continuation, long nanos) {
            throw new IllegalStateException("of the listener's, returned");
          }
        };
    Queue<String> thrown = new ConcurrentLinkedQueue<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> {
          thrown.add(e.getMessage());
          throw new IllegalStateException("of the handler's");
        });
    try (Scheduler scheduler = Scheduler.open(SchedulerOptions.defaults().listener(listener));
        NativePipe pipe = new NativePipe()) {
      for (int round = 1; round <= ROUNDS; round++) {
        int told = round * SLEEPERS;
        List<Thread> sleepers = Threads.start(scheduler, SLEEPERS, pipe::await);
        Threads.until(() -> count(thrown, "blocked") >= told, "all are told of");
        pipe.feed(SLEEPERS);
        Threads.join(sleepers);
        Threads.until(() -> count(thrown, "returned") >= told, "and of their end");
      }
      int workers = scheduler.stats().workers();
      assertThat(scheduler.carriers.all()).hasSize(workers).allMatch(Thread::isAlive);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  private static long count(Queue<String> messages, String end) {
    return messages.stream().filter(message -> message.endsWith(end)).count();
  }

  /** A sentinel that saw everything once has nothing to do until something waits. */
  @Test
  void nobodyIsBusyWhileAllSleep() throws Exception {
    try (Scheduler scheduler = Scheduler.open(SchedulerOptions.defaults());
        NativePipe pipe = new NativePipe();
        Arena arena = Arena.ofConfined()) {
      List<Thread> sleepers = Threads.start(scheduler, SLEEPERS, pipe::await);
      Threads.until(() -> scheduler.stats().blocked() == SLEEPERS, "all are seen to sleep");
      Thread.sleep(200);
      long clock = arena.allocate(16, 8).address();
      long before = processTime(clock);
      Thread.sleep(1000);
      assertThat(processTime(clock) - before)
          .as("ns of CPU time in a second")
          .isLessThan(SECOND / 2);
      pipe.feed(SLEEPERS);
      Threads.join(sleepers);
    }
  }

  /** Who took the processor of a sleeping worker was slow to note when. */
  @Test
  void whatIsNotedAfterTheTurnIsOfNoTurn() throws Exception {
    SchedulerOptions one = SchedulerOptions.defaults().processors(1).maxBlocked(0);
    try (Scheduler scheduler = Scheduler.open(one);
        Arena arena = Arena.ofConfined()) {
      Carrier resting = Threads.takeSpare(scheduler);
      long early = System.nanoTime() - SECOND;
      CarrierRecord.setLostAt(resting.record, early);
      ThreadState state = new ThreadState(arena.allocate(ThreadState.LENGTH, 8).address());
      BlockedWatch watch = new BlockedWatch(scheduler.carriers, SchedulerListener.NONE, state);
      for (int i = 0; i < 100; i++) {
        assertThat(watch.look()).as("one sleeps under something").isFalse();
      }
      AtomicLong seen = new AtomicLong(early);
      List<Thread> next =
          Threads.start(scheduler, 1, () -> seen.set(CarrierRecord.lostAt(resting.record)));
      resting.go(scheduler.queues.cpus()[0], 0);
      Threads.join(next);
      assertThat(seen.get()).as("that of the next turn").isNotEqualTo(early);
    }
  }

  private static long processTime(long clock) {
    int clockProcessCputimeId = 2;
    Native.syscall(Nr.CLOCK_GETTIME, clockProcessCputimeId, clock, 0, 0, 0, 0);
    return Memory.getLong(clock) * SECOND + Memory.getLong(clock + 8);
  }

  @Test
  void whoComputesDoesNotHoldUpItsNeighboursWhileAnotherProcessorIdles() throws Exception {
    try (Scheduler scheduler = Scheduler.open(SchedulerOptions.defaults().processors(2))) {
      AtomicInteger ended = new AtomicInteger();
      List<Thread> outer =
          Threads.start(
              scheduler,
              1,
              () -> {
                Threads.start(scheduler, 50, ended::incrementAndGet);
                while (ended.get() < 50) {
                  Thread.onSpinWait();
                }
              });
      Threads.join(outer);
      assertThat(ended.get()).isEqualTo(50);
    }
  }
}
