package io.syslet.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.linux.HandOverPolicy;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The quick way understands a line as picocli does, or not at all. */
class QuickArgumentsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "walk dir",
        "walk --json dir",
        "walk dir --json --list",
        "walk --in-flight 7 --tasks 3 -x dir",
        "walk --policy adaptive --sync dir",
        "walk --policy strict --lstat-only --no-progress dir",
      })
  void understandsAsPicocliDoes(String line) {
    WalkArguments quick = QuickArguments.walk(split(line));
    WalkArguments picocli = byPicocli(new WalkArguments(), line);
    assertThat(quick).isNotNull().usingRecursiveComparison().isEqualTo(picocli);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "copy from to",
        "copy --quiet from to",
        "copy from --in-flight 7 to",
        "copy from to --in-flight 4096 --quiet",
      })
  void understandsACopyAsPicocliDoes(String line) {
    CopyArguments quick = QuickArguments.copy(split(line));
    CopyArguments picocli = byPicocli(new CopyArguments(), line);
    assertThat(quick).isNotNull().usingRecursiveComparison().isEqualTo(picocli);
  }

  private static <T> T byPicocli(T arguments, String line) {
    String[] words = split(line);
    new CommandLine(arguments)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(java.util.Arrays.copyOfRange(words, 1, words.length));
    return arguments;
  }

  private static String[] split(String line) {
    return line.split(" ", -1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "walk",
        "basic",
        "walk --help",
        "walk --nonsense dir",
        "walk dir other",
        "walk -- -dir",
        "walk --tasks",
        "walk --tasks 0 dir",
        "walk --tasks 1x dir",
        "walk --tasks 99999999999 dir",
        "walk --in-flight=3 dir",
        "walk --policy none dir",
        "walk --sync --lstat-only dir",
        "copy",
        "copy from",
        "copy from to other",
        "copy -- from to",
        "copy --in-flight 0 from to",
        "copy --in-flight 4097 from to",
        "copy --in-flight=3 from to",
        "copy from to --in-flight",
        "copy --help",
      })
  void leavesTheRestToPicocli(String line) {
    assertThat(QuickArguments.parse(split(line))).isNull();
  }

  @Test
  void setsWhatIsSaid() {
    WalkArguments found =
        Objects.requireNonNull(
            QuickArguments.walk("walk", "--policy", "adaptive", "d", "--tasks", "2"));
    assertThat(found.policy).isEqualTo(HandOverPolicy.ADAPTIVE);
    assertThat(found.tasks).isEqualTo(2);
    assertThat(found.directory).isEqualTo("d");
    assertThat(found.inFlight).isEqualTo(256);
  }
}
