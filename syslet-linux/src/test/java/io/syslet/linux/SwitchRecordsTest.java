package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Nr;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.TestAbortedException;

/** What the kernel records of a thread's context switches. */
@Timeout(60)
class SwitchRecordsTest {
  private static final int SLEEPS = 100;

  private static final Arena SCRATCH = Arena.ofAuto();

  private final AtomicBoolean parks = new AtomicBoolean();
  private final AtomicBoolean ends = new AtomicBoolean();
  private final AtomicLong turns = new AtomicLong();

  private static @Nullable SwitchRecords tryOpen(long tid) {
    return SwitchRecords.open(tid, SCRATCH.allocate(SwitchRecords.SCRATCH, 8).address());
  }

  /** The records of a thread, as they are made; skips the test where they are refused. */
  static SwitchRecords open(long tid) {
    SwitchRecords records = tryOpen(tid);
    if (records == null) {
      throw new TestAbortedException("perf_event_open(2) is refused");
    }
    records.turn(true);
    return records;
  }

  /** Runs on, or sleeps, as it is told: its thread id. */
  private long start() throws InterruptedException {
    AtomicLong tid = new AtomicLong();
    CountDownLatch started = new CountDownLatch(1);
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              tid.set(Native.syscall(Nr.GETTID, 0, 0, 0, 0, 0, 0));
              started.countDown();
              while (!ends.get()) {
                turns.incrementAndGet();
                if (parks.get()) {
                  LockSupport.parkNanos(1_000_000);
                }
              }
            });
    started.await();
    return tid.get();
  }

  private void awaitTurns() {
    long seen = turns.get();
    while (turns.get() - seen < 2) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whoSleepsIsOut() throws Exception {
    SwitchRecords records = open(start());
    assertThat(records.isOut()).as("before it has slept").isFalse();
    parks.set(true);
    for (int i = 0; i < SLEEPS; i++) {
      long seen = turns.get();
      while (!records.isOut()) {
        Thread.onSpinWait();
      }
      while (turns.get() == seen) {
        Thread.onSpinWait();
      }
    }
    parks.set(false);
    awaitTurns();
    assertThat(records.isOut()).as("when it runs again").isFalse();
    ends.set(true);
    records.close();
  }

  /** More programs that loop than there are CPUs; a Java thread would sleep for the VM as well. */
  @Test
  void whoIsPushedAsideIsNot() throws Exception {
    List<Process> all = new ArrayList<>();
    List<SwitchRecords> records = new ArrayList<>();
    try {
      for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
        Process hog = new ProcessBuilder("sh", "-c", "echo; while :; do :; done").start();
        all.add(hog);
        assertThat(hog.getInputStream().read()).isEqualTo('\n');
        records.add(open(hog.pid()));
      }
      long end = System.nanoTime() + 200_000_000;
      while (System.nanoTime() < end) {
        assertThat(records).noneMatch(SwitchRecords::isOut);
      }
    } finally {
      all.forEach(Process::destroyForcibly);
      records.forEach(SwitchRecords::close);
    }
  }

  @Test
  void whatIsNotAskedForIsNotRecorded() throws Exception {
    SwitchRecords records = open(start());
    records.turn(false);
    parks.set(true);
    for (int i = 0; i < SLEEPS; i++) {
      awaitTurns();
      assertThat(records.isOut()).isFalse();
    }
    ends.set(true);
    records.close();
  }

  @Test
  void thereAreNoneOfAThreadThatHasEnded() throws Exception {
    long tid = start();
    SwitchRecords records = open(tid);
    ends.set(true);
    for (SwitchRecords more = tryOpen(tid); more != null; more = tryOpen(tid)) {
      more.close();
    }
    records.close();
  }
}
