package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Calls;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.linux.events.Events;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording tells of calls, and that nobody pays for it without one. */
class EventsTest {
  private static final int READS = 3;

  /** A read of a pipe sleeps on a worker. */
  private static final LinuxOptions WORKERS = LinuxOptions.defaults().reactor(false);

  @TempDir private Path folder = Path.of("");

  private interface Work {
    void with(Calls calls) throws Exception;
  }

  /**
   * What is recorded, while a task works on a kernel, of the events that are enabled. A worker
   * records the end of a call after the task may know of it; the kernel's end waits for workers.
   */
  private List<RecordedEvent> record(Work work, String... enabled) throws Exception {
    return record(WORKERS, work, enabled);
  }

  private List<RecordedEvent> record(LinuxOptions options, Work work, String... enabled)
      throws Exception {
    try (Recording recording = new Recording()) {
      for (String each : enabled) {
        recording.enable("syslet." + each).withThreshold(Duration.ZERO);
      }
      recording.start();
      Events.look();
      Linux.run(options, kernel -> run(kernel, work));
      recording.stop();
      Events.look();
      Path file = folder.resolve("r.jfr");
      recording.dump(file);
      return RecordingFile.readAllEvents(file);
    }
  }

  private static void run(Kernel kernel, Work work) throws Exception {
    try (Calls calls = Calls.of(kernel)) {
      work.with(calls);
    }
  }

  /** Some reads sleep, until a write. */
  static void sleepInPipe(Calls calls) {
    MemorySegment pipe = calls.allocate(8);
    calls.pipe2(pipe, Sys.O_CLOEXEC).awaitOrThrow();
    MemorySegment buffer = calls.allocate(READS);
    for (int i = 0; i < READS; i++) {
      calls.read(pipe.get(ValueLayout.JAVA_INT, 0), buffer.asSlice(i, 1)).then(status -> {});
    }
    calls.submit();
    calls.write(pipe.get(ValueLayout.JAVA_INT, 4), calls.allocate(READS)).awaitOrThrow();
    calls.awaitAll();
    calls.close(pipe.get(ValueLayout.JAVA_INT, 0)).awaitOrThrow();
    calls.close(pipe.get(ValueLayout.JAVA_INT, 4)).awaitOrThrow();
  }

  private static List<RecordedEvent> of(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(e -> e.getEventType().getName().equals("syslet." + name))
        .toList();
  }

  @Test
  void aBlockedCallIsSeenByBothWorkersAndWhenItEnds() throws Exception {
    List<RecordedEvent> events =
        record(EventsTest::sleepInPipe, "CallBlocked", "HandedOver", "Completed");
    List<RecordedEvent> blocked = reads(of(events, "CallBlocked"));
    List<RecordedEvent> handedOver = reads(of(events, "HandedOver"));
    List<RecordedEvent> completed = reads(of(events, "Completed"));
    assertThat(blocked).hasSize(READS);
    assertThat(handedOver).hasSize(READS);
    assertThat(completed).hasSize(READS);
    for (RecordedEvent event : blocked) {
      assertThat(event.getString("path")).startsWith("pipe:[");
      assertThat(event.getLong("status")).isEqualTo(1);
      assertThat(event.getLong("task")).isPositive();
      assertThat(handedOver)
          .as("by another worker")
          .anySatisfy(
              other -> {
                assertThat(other.getThread("from").getJavaName())
                    .isEqualTo(event.getThread().getJavaName());
                assertThat(other.getThread().getJavaName())
                    .isNotEqualTo(event.getThread().getJavaName());
                assertThat(other.getDuration("waited"))
                    .isPositive()
                    .isLessThan(event.getDuration());
              });
    }
    assertThat(handedOver)
        .extracting(event -> event.getLong("inFlight"))
        .containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(completed)
        .allSatisfy(event -> assertThat(event.getLong("unread")).isBetween(0L, 3L));
  }

  private static List<RecordedEvent> reads(List<RecordedEvent> events) {
    return events.stream().filter(event -> "read".equals(event.getString("call"))).toList();
  }

  @Test
  void callsThatWaitWithoutAWorkerAreRecordedWhenTheyEnd() throws Exception {
    List<RecordedEvent> events =
        record(
            LinuxOptions.defaults(),
            calls -> {
              sleepInPipe(calls);
              long status =
                  calls.nanosleep(3_600_000_000_000L).within(Duration.ofMillis(5)).await();
              assertThat(status).isEqualTo(-Errno.ETIMEDOUT);
            },
            "Waited",
            "CallBlocked");
    assertThat(of(events, "CallBlocked")).isEmpty();
    List<RecordedEvent> waited = of(events, "Waited");
    assertThat(waited)
        .extracting(event -> event.getString("call") + " " + event.getLong("status"))
        .containsExactlyInAnyOrder("read 1", "read 1", "read 1", "nanosleep " + -Errno.ETIMEDOUT);
    assertThat(waited)
        .allSatisfy(event -> assertThat(event.getLong("task")).isPositive())
        .allSatisfy(event -> assertThat(event.getDuration()).isPositive());
    assertThat(reads(waited))
        .allSatisfy(event -> assertThat(event.getString("path")).startsWith("pipe:["));
  }

  @Test
  void eachCallIsRecordedIfWantedWithItsPathAndStatus() throws Exception {
    List<RecordedEvent> events =
        record(
            calls -> {
              for (String name : List.of("passwd", "none such", "group")) {
                calls.lstat(Path.of("/etc", name)).then(status -> {});
              }
              calls.awaitAll();
            },
            "Call");
    List<RecordedEvent> stats =
        of(events, "Call").stream().filter(e -> e.getString("call").equals("statx")).toList();
    assertThat(stats)
        .extracting(event -> event.getString("path") + " " + event.getLong("status"))
        .containsExactly("/etc/passwd 0", "/etc/none such -2", "/etc/group 0");
  }

  /** What a call points at need not be there: whoever records it looks as the kernel does. */
  @Test
  void callsWithBadPathsAreRecordedWithoutThem() throws Exception {
    long nowhere = 8;
    List<RecordedEvent> events =
        record(
            calls -> {
              long opened = calls.call(Nr.OPENAT, Sys.AT_FDCWD, nowhere, 0, 0, 0, 0).await();
              assertThat(opened).isEqualTo(-Errno.EFAULT);
            },
            "Call");
    List<RecordedEvent> opens =
        of(events, "Call").stream().filter(e -> e.getString("call").equals("openat")).toList();
    assertThat(opens).hasSize(1);
    assertThat(opens.getFirst().getString("path")).isNull();
    assertThat(opens.getFirst().getLong("status")).isEqualTo(-Errno.EFAULT);
  }

  @Test
  void turnsSayWhereATaskWent() throws Exception {
    List<RecordedEvent> turns =
        of(record(EventsTest::sleepInPipe, "Turn", "CallBlocked"), "Turn").stream()
            .filter(turn -> turn.getLong("task") != 0)
            .toList();
    assertThat(turns)
        .filteredOn(turn -> turn.getBoolean("handedOver"))
        .hasSizeGreaterThan(READS - 1);
    assertThat(turns)
        .allSatisfy(turn -> assertThat(turn.getString("name")).startsWith("syslet-task-"));
    assertThat(turns.stream().map(turn -> turn.getThread().getJavaName()).distinct().count())
        .isGreaterThan(READS);
  }

  @Test
  void aKernelThatRunsMeanwhileNoticesByItself() throws Exception {
    try (LinuxKernel kernel = LinuxKernel.boot()) {
      kernel.run(
          k -> {
            try (Recording recording = new Recording();
                Calls calls = Calls.of(k)) {
              recording.enable("syslet.CallBlocked");
              recording.start();
              assertThat(comes(calls, Events::blocking)).isTrue();
              recording.stop();
              assertThat(comes(calls, () -> !Events.blocking())).isTrue();
            }
          });
    }
  }

  private static boolean comes(Calls calls, BooleanSupplier state) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!state.getAsBoolean() && System.nanoTime() < deadline) {
      calls.lstat(Path.of("/")).await();
    }
    return state.getAsBoolean();
  }

  @Test
  void withoutARecordingNoEventIsLoaded() throws Exception {
    String loaded = OtherJvm.run(Sleeper.class, "-Xlog:class+load");
    assertThat(loaded)
        .contains(Events.class.getName() + " ")
        .doesNotContain(
            "jdk.jfr.Event ", "CallBlockedEvent", "WaitedEvent", "CallRecorder", "TurnRecorder");
  }

  @Test
  void withoutTheModuleThereIsNoneAndTheKernelWorks() throws Exception {
    String loaded = OtherJvm.run(Sleeper.class, "--limit-modules java.management,jdk.unsupported");
    assertThat(loaded).contains("no recorder\nslept\n");
  }

  /** Makes a call that blocks. */
  static final class Sleeper {
    private Sleeper() {}

    public static void main(String[] arguments) throws Exception {
      Linux.run(WORKERS, kernel -> run(kernel, EventsTest::sleepInPipe));
      Linux.run(LinuxOptions.defaults(), kernel -> run(kernel, EventsTest::sleepInPipe));
      System.out.println(Events.isRecorderThere() ? "a recorder" : "no recorder");
      System.out.println("slept");
    }
  }
}
