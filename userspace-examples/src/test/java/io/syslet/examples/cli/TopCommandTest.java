package io.syslet.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.examples.cli.SysletProcess.Ended;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** {@code syslet top}, of a process that blocks, of one that ends, and of none. */
class TopCommandTest {
  private static Ended run(String... arguments) throws Exception {
    return SysletProcess.plain().run(arguments);
  }

  /** Has the program block now and then while something is done. */
  private static <T> T whileItReads(Watched program, java.util.concurrent.Callable<T> work)
      throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Thread feeder =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    while (!over.get()) {
                      Thread.sleep(30);
                      program.tell("\n");
                      program.await("reads");
                    }
                  } catch (java.io.IOException | InterruptedException e) {
                    // It has ended.
                  }
                });
    try {
      return work.call();
    } finally {
      over.set(true);
      feeder.join();
    }
  }

  @Test
  void whatBlocksIsNamedWithItsPathAndHowLongItTook() throws Exception {
    try (Watched program = Watched.java(ReadingProgram.class)) {
      program.await("reads");
      Ended ended =
          whileItReads(program, () -> run("top", "--json", "-i", "4", "-n", "1", program.pid()));
      assertThat(ended.err()).isEmpty();
      assertThat(ended.status()).isZero();
      List<JsonNode> rows =
          ended.out().lines().map(line -> new ObjectMapper().readTree(line)).toList();
      JsonNode reads =
          rows.stream()
              .filter(row -> row.get("call").asString().equals("read"))
              .findFirst()
              .orElseThrow();
      assertThat(reads.get("path").asString()).isEqualTo("pipe");
      assertThat(reads.get("blocked").asInt()).isPositive();
      assertThat(reads.get("handed_over").asInt()).isPositive();
      assertThat(reads.get("total_ns").asLong())
          .isGreaterThanOrEqualTo(reads.get("max_ns").asLong())
          .isGreaterThan(reads.get("blocked").asLong() * 1_000_000);
      assertThat(reads.get("waited_ns").asLong()).isPositive();
    }
  }

  @Test
  void theTableFitsAndNoRecordingIsLeft() throws Exception {
    try (Watched program = Watched.java(ReadingProgram.class)) {
      program.await("reads");
      Ended ended = whileItReads(program, () -> run("top", "-i", "3", "-n", "1", program.pid()));
      assertThat(ended.err()).isEmpty();
      assertThat(ended.status()).isZero();
      assertThat(ended.out()).startsWith(program.pid() + ": ").contains(" blocked, ");
      assertThat(ended.out().lines().skip(2).findFirst().orElse(""))
          .startsWith("CALL ")
          .endsWith(" PATH");
      assertThat(ended.out()).containsPattern("(?m)^read +\\d+ +[0-9.]+ [mu]?s .* pipe$");
      assertThat(check(program)).contains("No available recordings");
    }
  }

  @Test
  void anInterruptIsWhenTheRowsComeAsJson() throws Exception {
    try (Watched program = Watched.java(ReadingProgram.class)) {
      program.await("reads");
      Process watching =
          SysletProcess.interruptible("top", "--json", "-i", "60", program.pid())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String out =
          whileItReads(
              program,
              () -> {
                while (check(program).contains("No available recordings")) {
                  Thread.sleep(100);
                }
                Thread.sleep(4000);
                new ProcessBuilder("kill", "-INT", Long.toString(watching.pid())).start().waitFor();
                return new String(
                    watching.getInputStream().readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8);
              });
      List<JsonNode> rows = out.lines().map(line -> new ObjectMapper().readTree(line)).toList();
      assertThat(rows).anyMatch(row -> row.get("call").asString().equals("read"));
    }
  }

  private static String check(Watched program) throws Exception {
    Process jcmd =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/jcmd", program.pid(), "JFR.check")
            .start();
    return new String(
        jcmd.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void aProcessThatEndsMeanwhileIsNamedAndNoFailure() throws Exception {
    try (Watched program = Watched.java(ReadingProgram.class)) {
      program.await("reads");
      CompletableFuture<Ended> watching =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return run("top", "-i", "60", program.pid());
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      while (check(program).contains("No available recordings")) {
        Thread.sleep(100);
      }
      Thread.sleep(1000);
      program.kill();
      Ended ended = watching.get();
      assertThat(ended.err()).isEqualTo("syslet: " + program.pid() + ": the process has ended\n");
      assertThat(ended.status()).isZero();
    }
  }

  @Test
  void whatIsNoProcessOfOursIsRefusedInOneLine() throws Exception {
    try (Watched program = Watched.program("sleep", "60")) {
      for (String command : new String[] {"top", "trace"}) {
        Ended ended = run(command, program.pid());
        assertThat(ended.err())
            .isEqualTo(
                "syslet: %s: no kernel or threadlets of syslet in this process: sleep 60\n",
                program.pid());
        assertThat(ended.status()).isEqualTo(1);
        assertThat(run(command, "x").err()).isEqualTo("syslet: x: not the number of a process\n");
        assertThat(run(command, "4194305").status()).isEqualTo(2);
      }
    }
  }

  @Test
  void aJvmThatCannotBeAskedIsNamed() throws Exception {
    try (Watched program =
        Watched.java(
            ReadingProgram.class, "env", "JAVA_TOOL_OPTIONS=-XX:+DisableAttachMechanism")) {
      program.await("reads");
      for (String command : new String[] {"top", "trace"}) {
        Ended ended = run(command, program.pid());
        assertThat(ended.err())
            .startsWith("syslet: " + program.pid() + ": its JVM cannot be asked: ")
            .hasLineCount(1);
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
      }
    }
  }
}
