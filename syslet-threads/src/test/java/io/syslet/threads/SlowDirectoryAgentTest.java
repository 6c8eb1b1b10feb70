package io.syslet.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.threads.slow.SlowMount;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Virtual threads that wait for a file system hold up nobody, and the workers' limit holds. */
class SlowDirectoryAgentTest {
  private static final long LATE_MICROS = 200_000;

  private static SlowMount mount() throws IOException {
    return SlowMount.open(LATE_MICROS, 1)
        .orElseThrow(() -> new TestAbortedException("may not mount FUSE file systems here"));
  }

  private static Map<String, Integer> run(String options, int threads) throws Exception {
    try (SlowMount mount = mount()) {
      AgentJvm.Ended ended =
          AgentJvm.with(options)
              .run(SlowDirectoryProgram.class, mount.folder().toString(), "" + threads);
      assertThat(ended.err()).isEmpty();
      return ended.figures();
    }
  }

  @Test
  void theTickerGoesOnWhileManyWait() throws Exception {
    Map<String, Integer> said = run("processors=2,blocked=200", 100);
    assertThat(said).containsEntry("answered", 100);
    // All that ask, and the ticker, where a slow machine lets it seem asleep.
    assertThat(said.get("blocked")).isBetween(3, 101);
    assertThat(said.get("ticks")).isGreaterThan(3);
    assertThat(said.get("replacements")).isGreaterThan(3);
  }

  @Test
  void theLimitHoldsAndIsCounted() throws Exception {
    Map<String, Integer> said = run("processors=2,blocked=50", 1000);
    assertThat(said).containsEntry("answered", 1000);
    // The limit, and those that hold a processor and find no spare.
    assertThat(said.get("blocked")).isBetween(3, 52);
    assertThat(said.get("workers")).isLessThanOrEqualTo(52);
    assertThat(said.get("starved")).isPositive();
  }
}
