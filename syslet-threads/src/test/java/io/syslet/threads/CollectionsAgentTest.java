package io.syslet.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many collections, each of which stops all workers, use up no spares and lose no wake-ups; nor do
 * dumps of the threads and a flight recording.
 */
class CollectionsAgentTest {
  private static final int COLLECTIONS = Boolean.getBoolean("syslet.long") ? 3000 : 20;

  /** Half of the limit; workers that would be used up by collections would reach it at once. */
  private static final int MANY_WORKERS = 128;

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"Serial", "Parallel", "G1", "Z"})
  void drainNothing(String collector) throws Exception {
    Path recording = folder.resolve("r.jfr");
    AgentJvm.Ended ended =
        AgentJvm.with("processors=2")
            .flags(
                "-XX:+Use" + collector + "GC",
                "-Xmx64m",
                "-Xlog:disable",
                "-XX:StartFlightRecording:filename=" + recording,
                "--enable-native-access=ALL-UNNAMED")
            .run(CollectionsProgram.class, "" + COLLECTIONS);
    assertThat(ended.status()).as(ended.err()).isZero();
    Map<String, Integer> said = ended.figures();
    assertThat(said).containsEntry("blocked", 0).containsEntry("mounted", 0);
    assertThat(said.get("workers")).as("%s", said).isLessThan(MANY_WORKERS);
    assertThat(said.get("starved"))
        .as("%s", said)
        .isLessThan(said.getOrDefault("replacements", 0) / 10);
    assertThat(said.get("replacements")).as("%s", said).isGreaterThan(COLLECTIONS);
    assertThat(said.get("ticks")).as("%s", said).isGreaterThan(COLLECTIONS / 4);
    assertThat(said.get("passes")).as("%s", said).isGreaterThan(COLLECTIONS);
    assertThat(said.get("dumps")).as("%s", said).isPositive();
    assertThat(Files.size(recording)).isPositive();
  }
}
