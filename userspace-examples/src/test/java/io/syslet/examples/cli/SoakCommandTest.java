package io.syslet.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code syslet sim soak} as a process of its own. */
class SoakCommandTest {
  private static final String REPLAY = "replay: ./syslet ";

  @TempDir Path dir = Path.of("");

  /** What a process printed, and how it ended. */
  private record Run(int status, String out, String err) {}

  private Run run(String... arguments) throws IOException, InterruptedException {
    Path out = dir.resolve("out");
    Path err = dir.resolve("err");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.syslet.examples.cli.Main"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(dir.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new Run(process.waitFor(), Files.readString(out), Files.readString(err));
  }

  @Test
  void cleanSeedsAreCounted() throws Exception {
    Run run = run("sim", "soak", "--seeds", "3", "--json");
    assertThat(run.err).isEmpty();
    assertThat(run.status).isZero();
    assertThat(run.out).startsWith("{\"seeds\": 3, ").contains("\"failure\": null");
  }

  @Test
  void aFailingSeedIsPrintedAndSoIsHowToReplayIt() throws Exception {
    Run run = run("sim", "soak", "--plant", "4");
    assertThat(run.status).isOne();
    List<String> lines = run.out.lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.getFirst()).startsWith("seed ");
    assertThat(lines.getLast()).startsWith(REPLAY);
    Run again = run(lines.getLast().substring(REPLAY.length()).split(" "));
    assertThat(again.status).isOne();
    assertThat(again.out).startsWith(lines.getFirst());
    assertThat(dir.resolve("soak.trace")).isNotEmptyFile();
  }

  @Test
  void whatMakesNoSenseIsRefused() throws Exception {
    Run run = run("sim", "soak", "--plant", "6");
    assertThat(run.status).isEqualTo(2);
    assertThat(run.err).isEqualTo("syslet: --plant must be 1 to 5\n");
  }
}
