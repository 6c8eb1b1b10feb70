package io.syslet.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** JVMTI is told of mounts only where somebody may want to know; our agent does not. */
class MountNoticesAgentTest {
  private static final String DEBUGGER =
      "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:0";

  private static Map<String, Integer> run(String... flags) throws Exception {
    AgentJvm.Ended ended = AgentJvm.with("jmx=on").flags(flags).run(MountNoticesProgram.class);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).doesNotContain("WhiteBox");
    return ended.figures();
  }

  @Test
  void theyAreOffAndCanBeSwitchedOnAgain() throws Exception {
    assertThat(run()).isEqualTo(Map.of("off", 1, "played", 1));
  }

  @Test
  void aDebuggerKeepsThem() throws Exception {
    assertThat(run(DEBUGGER)).isEqualTo(Map.of("played", 1));
  }
}
