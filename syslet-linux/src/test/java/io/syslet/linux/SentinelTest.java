package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SentinelTest {
  private static final String NAME = "watched";

  /**
   * A thread of the lowest priority that others keep from running holds up the end of the process,
   * and frees its memory with what little time it gets.
   */
  @Test
  void itLeavesACpuThatOthersKeepBusyAndComesBack() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (Scheduler scheduler = Scheduler.open(SchedulerOptions.defaults().name(NAME))) {
      List<Thread> sleepers = Threads.start(scheduler, 2, () -> sleepUntil(over));
      Threads.until(() -> sentinels() > 0, "one is there");
      try (BusyMachine hogs = BusyMachine.start()) {
        Threads.until(() -> sentinels() == 0, "all have left, beside " + hogs);
      }
      Threads.until(() -> sentinels() > 0, "one has come back");
      over.set(true);
      Threads.join(sleepers);
    }
    Threads.until(() -> sentinels() == 0, "they have left with their scheduler");
  }

  private static void sleepUntil(AtomicBoolean over) {
    while (!over.get()) {
      Threads.sleep(1);
    }
  }

  private static long sentinels() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(NAME + "-sentinel-"))
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

  @Test
  void oneWhoseTimeHasComeIsCalledBack() {
    try (Arena arena = Arena.ofConfined()) {
      long record = arena.allocate(SentinelRecord.LENGTH, 64).address();
      SentinelRecord.recall(record);
      assertThat(SentinelRecord.mayComeBack(record)).as("it is there").isFalse();
      SentinelRecord.setAway(record, System.nanoTime() + Duration.ofHours(1).toNanos());
      SentinelRecord.recall(record);
      assertThat(SentinelRecord.mayComeBack(record)).as("too early").isFalse();
      SentinelRecord.setAway(record, System.nanoTime() - 1);
      assertThat(SentinelRecord.mayComeBack(record)).as("nobody has called").isFalse();
      SentinelRecord.recall(record);
      assertThat(SentinelRecord.mayComeBack(record)).as("called").isTrue();
    }
  }
}
