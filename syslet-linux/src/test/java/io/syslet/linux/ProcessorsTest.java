package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.syslet.Nr;
import io.syslet.ring.Memory;
import java.io.File;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;

/** A scheduler has as many processors as there are CPUs that its program may use now. */
class ProcessorsTest {
  @Test
  void theyFollowTheCpusThatMayBeUsed() throws Exception {
    assumeTrue(Affinity.allowed().length > 1, "needs two CPUs");
    assertThat(OtherJvm.run(Mover.class, "")).endsWith("one, all, one\n");
  }

  /** Starts on one CPU, goes to all and back, beside threads that always have something to do. */
  static final class Mover {
    private static final int THREADS = 4;
    private static final int BLOCKED = 10;
    private static final long LENGTH = 128;

    private final int[] cpus = Affinity.allowed();
    private final AtomicLongArray turns = new AtomicLongArray(THREADS);
    private volatile boolean over;

    private Mover() {}

    public static void main(String[] arguments) throws Exception {
      new Mover().move();
    }

    private void move() throws Exception {
      long pinned = Affinity.pin(cpus[0]);
      assertThat(pinned).isZero();
      try (Scheduler scheduler = Scheduler.open(SchedulerOptions.defaults().maxBlocked(BLOCKED))) {
        AtomicInteger started = new AtomicInteger();
        List<Thread> all = Threads.start(scheduler, THREADS, () -> goOn(started.getAndIncrement()));
        awaitCount(scheduler, 1);
        allow(cpus.length);
        awaitCount(scheduler, cpus.length);
        Cpu last = scheduler.queues.cpus()[cpus.length - 1];
        if (cpus.length <= THREADS) {
          Threads.until(() -> !last.isFree(), "the last processor is held");
        }
        allow(1);
        awaitCount(scheduler, 1);
        Threads.until(() -> CpuRecord.active(last.record) == 0, "it is given up");
        awaitTurns();
        over = true;
        Threads.join(all);
      }
      System.out.println("one, all, one");
    }

    @SuppressWarnings("ThreadPriorityCheck") // yielding is what is tried
    private void goOn(int index) {
      while (!over) {
        turns.incrementAndGet(index);
        Thread.yield();
      }
    }

    private static void awaitCount(Scheduler scheduler, int count) throws InterruptedException {
      Threads.until(() -> scheduler.stats().processors() == count, count + " processors");
      Threads.until(() -> scheduler.spawner.limit.all() == count + BLOCKED, "as many workers");
      assertThat(scheduler.stats().maxBlocked()).isEqualTo(BLOCKED);
    }

    /** No thread is left at a processor that is not in use any more. */
    private void awaitTurns() throws InterruptedException {
      for (int i = 0; i < THREADS; i++) {
        int index = i;
        long seen = turns.get(index);
        Threads.until(() -> turns.get(index) > seen + 1, "thread " + i + " has its turns");
      }
    }

    /** Lets all threads of this process run on the first CPUs of those that there were. */
    private void allow(int count) {
      try (Arena arena = Arena.ofConfined()) {
        long mask = arena.allocate(LENGTH, Long.BYTES).address();
        for (int i = 0; i < count; i++) {
          long at = mask + cpus[i] / Byte.SIZE;
          Memory.putByte(at, (byte) (Memory.getByte(at) | 1 << cpus[i] % Byte.SIZE));
        }
        for (String thread : Objects.requireNonNull(new File("/proc/self/task").list())) {
          long tid = Long.parseLong(thread);
          Native.syscall(Nr.SCHED_SETAFFINITY, tid, LENGTH, mask, 0, 0, 0);
        }
      }
    }
  }
}
