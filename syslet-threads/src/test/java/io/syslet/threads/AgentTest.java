package io.syslet.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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

  @ParameterizedTest
  @ValueSource(strings = {"on", "off"})
  void theSmallestRuntimeIsEnough(String jmx) throws Exception {
    AgentJvm.Ended ended = AgentJvm.with("jmx=" + jmx).smallest().run(PlainProgram.class);
    assertThat(ended.err()).doesNotContain(STAY);
    assertThat(ended.out()).contains("@threadlets").contains("ended 1000");
    assertThat(ended.status()).isZero();
  }

  @Test
  void whatCannotBeInstalledLeavesNoThreadsBehind(@TempDir Path folder) throws Exception {
    Path jar = Files.copy(AgentJvm.JAR, folder.resolve("agent.jar"));
    try (FileSystem inside = FileSystems.newFileSystem(jar)) {
      Files.delete(inside.getPath("syslet", "agent", "threads", "DefaultScheduler.class"));
    }
    AgentJvm.Ended ended =
        AgentJvm.with("").flags("-javaagent:" + jar + "=name=failed").run(Deserted.class);
    assertThat(ended.err()).startsWith(STAY).contains("DefaultScheduler");
    assertThat(ended.out()).isEqualTo("all have left\n");
  }

  /** Waits until no thread of a scheduler is there any more; does not end before. */
  static final class Deserted {
    private Deserted() {}

    public static void main(String[] args) throws InterruptedException {
      while (Thread.getAllStackTraces().keySet().stream()
          .anyMatch(thread -> thread.getName().startsWith("failed-"))) {
        Thread.sleep(1);
      }
      System.out.println("all have left");
    }
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
    "processors=8193, -Dx=y, out of range",
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
