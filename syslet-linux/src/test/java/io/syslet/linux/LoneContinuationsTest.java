package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.kernel.VirtualThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A continuation that waits alone behind one that runs: nobody is woken for it, nor is it lost. */
class LoneContinuationsTest {
  private static final int PASSES = 100_000;
  private static final int TIMES = 20;

  private final Scheduler scheduler =
      Scheduler.open(SchedulerOptions.defaults().name("lone").processors(2));

  @AfterEach
  void close() {
    scheduler.close();
  }

  @Test
  void twoThatPassABallWakeNoWorker() throws Exception {
    Threads.join(ball(PASSES));
    long before = switches();
    Threads.join(ball(PASSES));
    assertThat(switches() - before).isLessThan(PASSES / 200);
  }

  @Test
  void whoComputesHoldsUpNobody() throws Exception {
    Threads.join(ball(PASSES));
    Threads.join(Threads.start(scheduler, 1, this::startAndCompute));
  }

  private void startAndCompute() {
    for (int i = 0; i < TIMES; i++) {
      AtomicBoolean ran = new AtomicBoolean();
      VirtualThreads.create(scheduler, "other", () -> ran.set(true)).start();
      while (!ran.get()) {
        Thread.onSpinWait();
      }
    }
  }

  private List<Thread> ball(int passes) {
    AtomicInteger passed = new AtomicInteger();
    Thread[] both = new Thread[2];
    List<Thread> players = Threads.prepare(scheduler, 2, () -> play(passed, both, passes));
    players.toArray(both);
    players.forEach(Thread::start);
    return players;
  }

  private static void play(AtomicInteger passed, Thread[] both, int passes) {
    int me = Thread.currentThread() == both[0] ? 0 : 1;
    for (int n = passed.get(); n < passes; n = passed.get()) {
      if (n % 2 == me) {
        passed.set(n + 1);
        LockSupport.unpark(both[1 - me]);
      } else {
        LockSupport.park();
      }
    }
  }

  /** How often the workers have gone to sleep so far. */
  private long switches() {
    return Stream.of(scheduler.carriers.all())
        .mapToLong(worker -> switches(worker.calls.pending.threadId()))
        .sum();
  }

  private static long switches(long thread) {
    String key = "voluntary_ctxt_switches:";
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/task/" + thread + "/status"))) {
      return lines
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.substring(key.length()).strip()))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
