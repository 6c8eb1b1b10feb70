package io.syslet.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.examples.cli.SysletProcess.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong is one line on standard error, and a status that says so. */
class FailureTest {
  private static final Path FULL = Path.of("/dev/full");

  @TempDir Path folder = Path.of("");

  private String[] words(String line) {
    return line.replace("DIR", folder.toString()).split(" ");
  }

  private static void assertOneLine(Ended ended, int status) {
    assertThat(ended.err()).startsWith("syslet: ").endsWith("\n").hasLineCount(1);
    assertThat(ended.err()).doesNotContain("internal error");
    assertThat(ended.status()).isEqualTo(status);
    assertThat(ended.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "walk DIR",
        "walk --list DIR",
        "walk --json DIR",
        "async-ready DIR",
        "basic",
        "--help",
        "--version",
        "sim --help",
        "sim walk --files 50",
        "sim linus --files 50",
        "sim soak --seeds 1",
        "serve --dry-run --journal off",
      })
  void outputThatCannotBeWrittenIsOne(String line) throws Exception {
    Assumptions.assumeTrue(Files.exists(FULL), "no /dev/full");
    Files.createFile(folder.resolve("f"));
    Ended ended = SysletProcess.plain().into(FULL).run(words(line));
    assertOneLine(ended, Main.INCOMPLETE);
    assertThat(ended.err()).isEqualTo("syslet: standard output: No space left on device\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "walk --connect nowhere /",
        "walk --connect tls:h:99999 /",
        "walk --connect tls: /",
        "walk --connect http://h/ /",
        "walk --connect tls:h:1 /",
        "walk --in-flight 1048577 DIR",
        "walk --in-flight 2147483647 DIR",
        "walk --in-flight 99999999999 DIR",
        "sim walk --in-flight 2147483647",
        "sim walk --queue-depth 0",
        "sim walk --files 50000001",
        "sim walk --seek-factor NaN",
        "sim walk --seek-factor Infinity",
        "sim walk --slower 1e300",
        "sim linus --queue-depth -1",
        "journal --stats /nonexistent",
        "journal --stats /dev/null",
        "async-ready /nonexistent",
        "serve --listen nowhere --dry-run",
        "serve --nonsense",
        "nonsense",
      })
  void aWrongCommandLineIsTwo(String line) throws Exception {
    assertOneLine(SysletProcess.plain().run(words(line)), Main.USAGE);
  }

  @ParameterizedTest
  @CsvSource({
    "sim walk --files 50 --trace /dev/full, the trace cannot be written: No space left on device",
    "sim soak --seed 1 --trace /dev/full, the trace cannot be written: No space left on device",
    "sim walk --files 50 --trace /nonexistent/t, '/nonexistent/t: No such file or directory'",
    "walk --connect unix:/nonexistent/s /, No such file or directory",
    "serve --config /nonexistent, '/nonexistent: No such file or directory'",
  })
  void whatCannotBeReadOrWrittenIsOneAndSaysWhy(String line, String why) throws Exception {
    Ended ended = SysletProcess.plain().run(words(line));
    assertOneLine(ended, Main.INCOMPLETE);
    assertThat(ended.err()).contains(why);
  }

  @Test
  void anUnreadableJournalSaysWhy() throws Exception {
    OtherUser.assumed();
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(
        closed, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    OtherUser.give(closed);
    Ended ended = SysletProcess.by(OtherUser.LINE).run("journal", "--stats", closed.toString());
    assertOneLine(ended, Main.INCOMPLETE);
    assertThat(ended.err()).isEqualTo("syslet: " + closed + ": Permission denied\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"walk", "async-ready"})
  void namesAreTheBytesOfTheCommandLine(String command) throws Exception {
    for (String locale : new String[] {"C", "C.UTF-8"}) {
      String script = "LC_ALL=" + locale + " exec \"$@\" \"$(printf '/none/\\303\\244\\377')\"";
      Ended ended = SysletProcess.by("sh", "-c", script, "sh").run(command.split(" "));
      assertOneLine(ended, Main.USAGE);
      assertThat(ended.err()).startsWith("syslet: /none/\u00c3\u00a4\u00ff: No such file");
    }
  }
}
