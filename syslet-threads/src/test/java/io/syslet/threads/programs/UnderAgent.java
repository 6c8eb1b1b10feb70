package io.syslet.threads.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.threads.AgentJvm;
import java.nio.file.Path;

/** Programs in JVMs under the agent. */
final class UnderAgent {
  private UnderAgent() {}

  /** Runs one with a folder of its own, and expects the sum that it finds without the agent. */
  static void finds(long sum, Class<?> program, Path folder) throws Exception {
    AgentJvm.Ended ended =
        AgentJvm.with("jmx=off")
            .flags("--enable-native-access=ALL-UNNAMED", "-Xmx256m")
            .run(program, folder.toString());
    assertThat(ended.out()).as(ended.err()).contains("sum " + sum).contains("@threadlets");
    assertThat(ended.err()).doesNotContain("Exception");
    assertThat(ended.status()).isZero();
  }
}
