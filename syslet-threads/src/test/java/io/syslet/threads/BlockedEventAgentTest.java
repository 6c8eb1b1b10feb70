package io.syslet.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A threadlet that sleeps for long on its worker is recorded, with its stack. */
class BlockedEventAgentTest {
  @Test
  void aLongSleepIsRecordedWithItsStack(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("r.jfr");
    AgentJvm.Ended ended =
        AgentJvm.with("name=seen")
            .flags(
                "-XX:StartFlightRecording:filename=" + file, "--enable-native-access=ALL-UNNAMED")
            .run(NativeSleepProgram.class, "2000");
    assertThat(ended.status()).as(ended.err()).isZero();
    List<RecordedEvent> events =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().equals("syslet.Blocked"))
            .toList();
    assertThat(events).isNotEmpty();
    RecordedEvent event = events.getFirst();
    assertThat(event.getString("threadlet")).isEqualTo("sleeper");
    assertThat(event.getLong("threadletId")).isPositive();
    assertThat(event.getThread("worker").getJavaName()).startsWith("seen-");
    assertThat(event.getString("frames")).contains(NativeSleepProgram.class.getName() + ".nap(");
    assertThat(event.getDuration("held")).isGreaterThanOrEqualTo(java.time.Duration.ofMillis(50));
  }

  @Test
  void whereThereIsNoRecorderNothingIsRecorded() throws Exception {
    AgentJvm.Ended ended =
        AgentJvm.with("jmx=off")
            .smallest()
            .flags("--enable-native-access=ALL-UNNAMED")
            .run(NativeSleepProgram.class, "300");
    assertThat(ended.out()).contains("slept");
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void nobodyPaysForItUnrecorded() throws Exception {
    AgentJvm.Ended ended =
        AgentJvm.with("jmx=off")
            .flags("--enable-native-access=ALL-UNNAMED")
            .run(NativeSleepProgram.class, "30");
    assertThat(ended.out()).contains("slept");
    assertThat(ended.err()).isEmpty();
  }
}
