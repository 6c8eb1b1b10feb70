package io.syslet.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.TestAbortedException;

/** The agent: every virtual thread is a threadlet, or stays what it was, and one line says why. */
class AgentTest {
  private static final String STAY = "syslet: virtual threads stay the JDK's own: ";

  @Test
  void everyVirtualThreadIsAThreadlet() throws Exception {
    AgentJvm.Ended ended = AgentJvm.with("processors=2").run(PlainProgram.class);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).contains("@threadlets").contains("ended 1000");
    assertThat(ended.status()).isZero();
  }

  @Test
  void hooksOfTheProgramRunBeforeItEnds() throws Exception {
    AgentJvm.Ended ended = AgentJvm.with("jmx=off").run(LastHookProgram.class);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).contains("hook on ").contains("@threadlets");
    assertThat(ended.status()).isZero();
  }

  @Test
  void theEnvironmentIsEnough() throws Exception {
    AgentJvm.Ended ended =
        AgentJvm.with("")
            .environment("JAVA_TOOL_OPTIONS", "-javaagent:" + AgentJvm.JAR + "=name=env,jmx=off")
            .run(PlainProgram.class);
    assertThat(ended.out()).contains("@env").contains("ended 1000");
    assertThat(ended.status()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "off, -Dx=y, switched off",
    "nonsense, -Dx=y, no such option: nonsense",
    "stack=1x, -Dx=y, no number: stack=1x",
    "jmx=perhaps, -Dx=y, neither on nor off: jmx=perhaps",
    "processors=-1, -Dx=y, out of range",
    "jmx=on, -Dos.name=Other, this is no Linux",
    "jmx=on, -XX:-VMContinuations, this JVM has no continuations",
  })
  void passesThroughAndSaysWhy(String options, String flag, String reason) throws Exception {
    AgentJvm.Ended ended =
        AgentJvm.with(options)
            .flags("-XX:+UnlockExperimentalVMOptions", flag)
            .run(PlainProgram.class);
    assertThat(ended.err()).startsWith(STAY).contains(reason).hasLineCount(1);
    assertThat(ended.out()).contains("ended 1000").doesNotContain("@threadlets");
    assertThat(ended.status()).isZero();
  }

  @Test
  void anOlderJavaStarts() throws Exception {
    Path older = olderJava();
    AgentJvm.Ended ended = AgentJvm.in(older.toString(), "jmx=on").flags("-version").run();
    assertThat(ended.err()).contains(STAY + "needs a JDK of version 25 or later");
    assertThat(ended.status()).isZero();
  }

  private static Path olderJava() throws Exception {
    try (Stream<Path> homes = Files.list(Path.of(System.getProperty("java.home")).getParent())) {
      return homes
          .filter(AgentTest::isOlder)
          .findFirst()
          .orElseThrow(() -> new TestAbortedException("needs a JDK 17 beside this one"));
    }
  }

  private static boolean isOlder(Path home) {
    try {
      return Files.isExecutable(home.resolve("bin/java"))
          && Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"17");
    } catch (IOException e) {
      return false;
    }
  }
}
