package io.syslet.kernel.coroutine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A JVM that does not let us at its continuations. */
class WithoutFlagsTest {
  @Test
  void theErrorNamesTheFlagAndThreadsStillServe() throws IOException, InterruptedException {
    Process jvm =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                WithoutFlagsMain.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jvm.waitFor()).as(output).isZero();
    assertThat(output.lines())
        .containsExactly(
            "coroutine 'on a thread' (finished)",
            "the JVM was started without --add-exports java.base/jdk.internal.vm=ALL-UNNAMED");
  }
}
