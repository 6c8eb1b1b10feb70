package io.syslet.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.examples.cli.SysletProcess.Ended;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** {@code syslet stat}, of processes that are there, are others', have nothing, or end. */
class StatCommandTest {
  private static Ended stat(String... arguments) throws Exception {
    return SysletProcess.plain().run(arguments);
  }

  private static void assertRefused(Ended ended, int status, String message) {
    assertThat(ended.err()).isEqualTo("syslet: " + message + "\n");
    assertThat(ended.out()).isEmpty();
    assertThat(ended.status()).isEqualTo(status);
  }

  @Test
  void aSleepingProgramIsSeenWithItsCallsInFlight() throws Exception {
    try (Watched program = Watched.java(ReadingProgram.class)) {
      program.await("reads");
      Ended ended = stat("stat", "--json", "-n", "1", program.pid());
      assertThat(ended.err()).isEmpty();
      assertThat(ended.status()).isZero();
      JsonNode first = new ObjectMapper().readTree(ended.out());
      assertThat(first.get("pid").asString()).isEqualTo(program.pid());
      assertThat(first.get("name").asString()).isEqualTo("linux");
      assertThat(first.get("kernel").asBoolean()).isTrue();
      assertThat(first.get("in_flight").asInt()).isEqualTo(5);
      assertThat(first.get("pending").asInt()).isEqualTo(5);
      assertThat(first.get("workers").asInt()).isGreaterThan(5);
      assertThat(first.get("detector").asString()).isIn("sentinel", "sysmon", "switch records");

      // A process that runs no more is looked at all the same.
      signal("-STOP", program);
      Ended stopped = stat("stat", "--json", "-n", "1", program.pid());
      assertThat(new ObjectMapper().readTree(stopped.out()).get("in_flight").asInt()).isEqualTo(5);
      signal("-CONT", program);
    }
  }

  private static void signal(String signal, Watched program) throws Exception {
    assertThat(new ProcessBuilder("kill", signal, program.pid()).start().waitFor()).isZero();
  }

  @Test
  void theFirstLineIsTheAverageAndTheOthersAreOfAnInterval() throws Exception {
    try (Watched program = Watched.java(ReadingProgram.class)) {
      program.await("reads");
      Ended ended = stat("stat", "-i", "0.2", "-n", "3", program.pid());
      assertThat(ended.err()).isEmpty();
      List<String> lines = ended.out().lines().toList();
      assertThat(lines).hasSize(4);
      List<String> names = words(lines.getFirst());
      assertThat(names).startsWith("NAME", "CALLS/S", "ASYNC/S", "FLIGHT", "MISS/S", "RUN");
      for (String line : lines.subList(1, 4)) {
        assertThat(words(line)).hasSameSizeAs(names).startsWith("linux");
        assertThat(words(line).get(names.indexOf("FLIGHT"))).isEqualTo("5");
      }
      assertThat(words(lines.get(1)).get(names.indexOf("CALLS/S"))).isNotEqualTo("0");
      assertThat(words(lines.get(3)).get(names.indexOf("CALLS/S"))).isEqualTo("0");
    }
  }

  private static List<String> words(String line) {
    return List.of(line.strip().split(" +"));
  }

  @Test
  void aProcessThatEndsMeanwhileIsNamedAndNoFailure() throws Exception {
    try (Watched program = Watched.java(ReadingProgram.class)) {
      program.await("reads");
      CompletableFuture<Ended> watching = new CompletableFuture<>();
      Thread watcher =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      watching.complete(stat("stat", "-i", "0.05", program.pid()));
                    } catch (Exception e) {
                      watching.completeExceptionally(e);
                    }
                  });
      Thread.sleep(1500);
      program.kill();
      watcher.join();
      Ended ended = watching.get();
      assertThat(ended.err()).isEqualTo("syslet: " + program.pid() + ": the process has ended\n");
      assertThat(ended.status()).isZero();
      assertThat(ended.out()).startsWith("NAME");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "0", "1.5", "99999999999999999999"})
  void whatIsNoNumberOfAProcessIsRefused(String pid) throws Exception {
    assertRefused(stat("stat", pid), 2, pid + ": not the number of a process");
  }

  @Test
  void aProcessThatIsNotThereIsRefused() throws Exception {
    assertRefused(stat("stat", "4194305"), 2, "4194305: no such process");
  }

  @Test
  void aProcessWithoutSysletIsRefused() throws Exception {
    try (Watched program = Watched.program("sleep", "60")) {
      assertRefused(
          stat("stat", program.pid()),
          1,
          program.pid() + ": no kernel or threadlets of syslet in this process: sleep 60");
    }
  }

  @Test
  void anotherUsersProcessIsRefused() throws Exception {
    OtherUser.assumed();
    try (Watched program =
        Watched.program("setpriv", "--reuid=65534", "--clear-groups", "sleep", "60")) {
      Thread.sleep(300);
      Ended ended = SysletProcess.by(OtherUser.LINE).run("stat", program.pid());
      assertRefused(ended, 1, program.pid() + ": another user's process: sleep 60");
    }
  }

  @Test
  void withoutAProcessThoseThatThereAreAreListed() throws Exception {
    try (Watched program = Watched.java(ReadingProgram.class)) {
      program.await("reads");
      Ended ended = stat("stat");
      assertThat(ended.status()).isZero();
      assertThat(ended.out().lines().filter(line -> line.contains(program.pid() + " linux")))
          .singleElement()
          .asString()
          .endsWith(ReadingProgram.class.getName());
    }
  }

  @Test
  void anIntervalThatMakesNoSenseIsRefused() throws Exception {
    assertRefused(
        stat("stat", "-i", "0", "1"),
        2,
        "--interval is 0.01 to 86400 seconds, and --count not negative");
  }
}
