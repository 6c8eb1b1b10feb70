package io.syslet.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who sleeps with a lock that all others want holds up only those. */
class HeldLocksAgentTest {
  private static final int THREADS = 64;

  private static Map<String, Integer> run(String options) throws Exception {
    AgentJvm.Ended ended =
        AgentJvm.with(options)
            .flags("--enable-native-access=ALL-UNNAMED")
            .run(HeldLocksProgram.class);
    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(ended.figures())
        .containsEntry("monitor", THREADS)
        .containsEntry("lock", THREADS)
        .containsEntry("class", THREADS)
        .containsEntry("pipe", THREADS)
        .containsEntry("blocked", 0);
    return ended.figures();
  }

  @Test
  void allGetItAndTheOthersGoOn() throws Exception {
    Map<String, Integer> said = run("processors=2");
    assertThat(said.get("ticks")).as("%s", said).isGreaterThan(100);
    assertThat(said.get("workers")).as("%s", said).isLessThan(200);
  }

  /** All of those that wait for the class wait on their workers, of which there are not as many. */
  @Test
  void allGetItWithFewWorkers() throws Exception {
    assertThat(run("processors=2,blocked=4").get("workers")).isLessThanOrEqualTo(6);
  }
}
