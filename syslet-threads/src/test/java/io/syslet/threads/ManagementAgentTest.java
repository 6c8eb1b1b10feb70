package io.syslet.threads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Under the agent the JDK's MXBean answers, and so does ours. */
class ManagementAgentTest {
  @Test
  void bothAnswer() throws Exception {
    AgentJvm.Ended ended = AgentJvm.with("processors=2,blocked=5").run(ManagedProgram.class);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out().lines())
        .contains("parallelism 2", "limit 17", "processors 2", "queued 0")
        .anyMatch(line -> line.matches("mounted [12]"));
  }
}
