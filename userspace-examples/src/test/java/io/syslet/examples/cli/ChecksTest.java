package io.syslet.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./syslet} compiled without checks, a build with them compiles once more. */
class ChecksTest {
  private static final Path SCRIPT = Path.of("../.ci/checks.sh").toAbsolutePath();
  private static final String ON = "-Xplugin:ErrorProne -XepAllErrorsAsWarnings";
  private static final String OFF = "-XDchecks=off";

  @TempDir Path checkout = Path.of("");

  private void begin(String checks) throws Exception {
    Process process =
        new ProcessBuilder("sh", SCRIPT.toString(), checks)
            .directory(checkout.toFile())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
  }

  /** Compiles a class, some time after whatever was before. */
  private Path compile(String module) throws Exception {
    Thread.sleep(20);
    Path classes = Files.createDirectories(checkout.resolve(module).resolve("target/classes/io"));
    Files.createDirectories(checkout.resolve(module).resolve("target/maven-status"));
    return Files.writeString(classes.resolve("A.class"), "");
  }

  @Test
  void aBuildWithChecksBeginsAnewWhereOneWithoutHasCompiled() throws Exception {
    begin(ON);
    Path checked = compile("a module");
    begin(OFF);
    Path unchecked = compile("another");
    begin(OFF);
    assertThat(unchecked).exists();
    begin(ON);
    assertThat(unchecked).doesNotExist();
    assertThat(checkout.resolve("another/target/maven-status")).doesNotExist();
    assertThat(checked).exists();
    assertThat(compile("another")).exists();
    begin(ON);
    assertThat(checkout.resolve("another/target/classes/io/A.class")).exists();
  }
}
