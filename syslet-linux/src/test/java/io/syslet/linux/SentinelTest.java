package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Task;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SentinelTest {
  /**
   * A thread of the lowest priority that others keep from running holds up the end of the process,
   * and frees its memory with what little time it gets.
   */
  @Test
  void itLeavesACpuThatOthersKeepBusyAndComesBack() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (LinuxKernel kernel = LinuxKernel.boot(Linux.options())) {
      Task task = kernel.start(k -> sleepUntil(over));
      Threads.until(() -> sentinels() > 0, "one is there");
      try (BusyMachine hogs = BusyMachine.start()) {
        Threads.until(() -> sentinels() == 0, "all have left, beside " + hogs);
      }
      Threads.until(() -> sentinels() > 0, "one has come back");
      over.set(true);
      task.join();
    }
    assertThat(sentinels()).isZero();
  }

  private static void sleepUntil(AtomicBoolean over) throws InterruptedException {
    while (!over.get()) {
      Thread.sleep(1);
    }
  }

  private static long sentinels() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().contains("-sentinel-"))
        .count();
  }

  @Test
  void oneThatIsMissedNeedNotWait() {
    try (Arena arena = Arena.ofConfined()) {
      long record = arena.allocate(SentinelRecord.LENGTH, 64).address();
      assertThat(SentinelRecord.mayComeBack(record)).as("it is there").isFalse();
      SentinelRecord.setAway(record, System.nanoTime() + Duration.ofHours(1).toNanos());
      assertThat(SentinelRecord.mayComeBack(record)).as("too early").isFalse();
      SentinelRecord.unpark(record);
      assertThat(SentinelRecord.isUnaware(record)).as("who is away is not woken").isTrue();
      SentinelRecord.miss(record);
      assertThat(SentinelRecord.mayComeBack(record)).as("missed").isTrue();
      SentinelRecord.setThere(record);
      assertThat(SentinelRecord.mayComeBack(record)).as("back").isFalse();
    }
  }
}
