package io.syslet.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.examples.cli.SysletProcess.Ended;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code syslet sim soak} as a process of its own. */
class SoakCommandTest {
  private static final String REPLAY = "replay: ./syslet ";

  @TempDir Path dir = Path.of("");

  private Ended run(String... arguments) throws Exception {
    return SysletProcess.plain().in(dir).run(arguments);
  }

  @Test
  void cleanSeedsAreCounted() throws Exception {
    Ended run = run("sim", "soak", "--seeds", "3", "--json");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("{\"seeds\": 3, ").contains("\"failure\": null");
  }

  @Test
  void aFailingSeedIsPrintedAndSoIsHowToReplayIt() throws Exception {
    Ended run = run("sim", "soak", "--plant", "4");
    assertThat(run.status()).isOne();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.getFirst()).startsWith("seed ");
    assertThat(lines.getLast()).startsWith(REPLAY);
    Ended again = run(lines.getLast().substring(REPLAY.length()).split(" "));
    assertThat(again.status()).isOne();
    assertThat(again.out()).startsWith(lines.getFirst());
    assertThat(dir.resolve("soak.trace")).isNotEmptyFile();
  }

  @Test
  void whatMakesNoSenseIsRefused() throws Exception {
    Ended run = run("sim", "soak", "--plant", "6");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("syslet: --plant must be 1 to 5\n");
  }
}
