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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.TestAbortedException;

/** What the kernel records of a thread's context switches. */
@Timeout(60)
class SwitchRecordsTest {
  private static final int SLEEPS = 100;

  private static final Arena SCRATCH = Arena.ofAuto();

  private final List<SwitchRecords> opened = new ArrayList<>();
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
    return records;
  }

  private SwitchRecords record(long tid) {
    SwitchRecords records = open(tid);
    opened.add(records);
    records.turn(true);
    return records;
  }

  @AfterEach
  void stop() {
    ends.set(true);
    opened.forEach(SwitchRecords::close);
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

  /** A Java thread that runs on sleeps for the VM at times. */
  private static void awaitOut(SwitchRecords records, boolean out) {
    while (records.isOut() != out) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whoSleepsIsOut() throws Exception {
    SwitchRecords records = record(start());
    awaitOut(records, false);
    parks.set(true);
    for (int i = 0; i < SLEEPS; i++) {
      long seen = turns.get();
      awaitOut(records, true);
      while (turns.get() == seen) {
        Thread.onSpinWait();
      }
    }
    parks.set(false);
    awaitTurns();
    awaitOut(records, false);
  }

  /** More programs that loop than there are CPUs; a Java thread would sleep for the VM as well. */
  @Test
  void whoIsPushedAsideIsNot() throws Exception {
    List<Process> all = new ArrayList<>();
    try {
      for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
        Process hog = new ProcessBuilder("sh", "-c", "echo; while :; do :; done").start();
        all.add(hog);
        assertThat(hog.getInputStream().read()).isEqualTo('\n');
        record(hog.pid());
      }
      long end = System.nanoTime() + 200_000_000;
      while (System.nanoTime() < end) {
        assertThat(opened).noneMatch(SwitchRecords::isOut);
      }
    } finally {
      all.forEach(Process::destroyForcibly);
    }
  }

  @Test
  void whatIsNotAskedForIsNotRecorded() throws Exception {
    SwitchRecords records = open(start());
    opened.add(records);
    parks.set(true);
    for (int i = 0; i < SLEEPS; i++) {
      awaitTurns();
      assertThat(records.isOut()).isFalse();
    }
  }

  @Test
  void thereAreNoneOfAThreadThatHasEnded() throws Exception {
    long tid = start();
    opened.add(open(tid));
    ends.set(true);
    for (SwitchRecords more = tryOpen(tid); more != null; more = tryOpen(tid)) {
      more.close();
    }
  }
}
