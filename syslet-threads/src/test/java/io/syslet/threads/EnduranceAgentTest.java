package io.syslet.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing is lost and nothing is left behind; for seconds, or for minutes by {@code -Plong}. */
class EnduranceAgentTest {
  private static final boolean LONG = Boolean.getBoolean("syslet.long");
  private static final int PASSES = LONG ? 10_000_000 : 200_000;
  private static final int SLEEPS = LONG ? 1_000_000 : 20_000;
  private static final int SECONDS = LONG ? 600 : 8;

  private static Map<String, Integer> run(Class<?> program, String... arguments) throws Exception {
    AgentJvm.Ended ended =
        AgentJvm.with("jmx=off")
            .flags("--enable-native-access=ALL-UNNAMED", "-Xms64m", "-Xmx64m")
            .flags("-XX:+AlwaysPreTouch")
            .run(program, arguments);
    assertThat(ended.status()).as(ended.err()).isZero();
    return ended.figures();
  }

  @Test
  void everyParkAndEverySleepEnds() throws Exception {
    assertThat(run(WakeUpsProgram.class, "" + PASSES, "" + SLEEPS))
        .containsEntry("passes", PASSES)
        .containsEntry("sleeps", SLEEPS);
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    Map<String, Integer> found = run(LeaksProgram.class, "" + SECONDS);
    assertThat(found.get("threadsAfter"))
        .as("%s", found)
        .isLessThan(found.getOrDefault("threadsBefore", 0) + 32);
    assertThat(found.get("descriptorsAfter"))
        .as("%s", found)
        .isLessThan(found.getOrDefault("descriptorsBefore", 0) + 8);
    assertThat(found.get("memoryAfter"))
        .as("%s", found)
        .isLessThan(found.getOrDefault("memoryBefore", 0) + 32 * 1024);
  }
}
