package io.syslet.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the machine refuses a call that threadlets need, a program runs as without them. */
class RefusedAgentTest {
  private static final int CANNOT_REFUSE = 75;

  @TempDir static Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "sched_setaffinity, sched_setaffinity is refused here",
    "sched_setscheduler, sched_setscheduler is refused here",
    "mprotect, executable pages are refused here",
  })
  void passesThroughAndSaysWhy(String call, String reason) throws Exception {
    AgentJvm.Ended ended = without(call, AgentJvm.with("jmx=on")).run(PlainProgram.class);
    Assumptions.assumeTrue(ended.status() != CANNOT_REFUSE, "no seccomp filter here");
    assertThat(ended.err())
        .startsWith("syslet: " + Requirements.STAY)
        .contains(reason)
        .hasLineCount(1);
    assertThat(ended.out()).contains("ended 1000").doesNotContain("@threadlets");
    assertThat(ended.status()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "sched_setaffinity, sched_setaffinity is refused here",
    "sched_setscheduler, sched_setscheduler is refused here",
    "mprotect, executable pages are refused here",
  })
  void soDoesTheApi(String call, String reason) throws Exception {
    AgentJvm.Ended ended =
        without(call, AgentJvm.with("jmx=off"))
            .flags(
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED")
            .run(ApiProgram.class);
    Assumptions.assumeTrue(ended.status() != CANNOT_REFUSE, "no seccomp filter here");
    assertThat(ended.out()).contains("active false", "why " + reason, "ended 1000");
    assertThat(ended.err().lines().filter(line -> line.startsWith("syslet: "))).hasSize(1);
    assertThat(ended.err()).contains("WARNING: " + Requirements.STAY + reason);
    assertThat(ended.status()).isZero();
  }

  private static AgentJvm without(String call, AgentJvm jvm) throws Exception {
    Path launcher = folder.resolve("refuse");
    if (!launcher.toFile().exists()) {
      Assumptions.assumeTrue(compiles(launcher), "needs gcc");
    }
    // Where no page may be made executable, the stub is loaded from a file.
    return jvm.flags("-Djava.io.tmpdir=/proc").through(launcher.toString(), call);
  }

  private static boolean compiles(Path launcher) throws InterruptedException {
    try {
      return new ProcessBuilder("gcc", "-o", launcher.toString(), "src/test/c/refuse.c")
              .inheritIO()
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
