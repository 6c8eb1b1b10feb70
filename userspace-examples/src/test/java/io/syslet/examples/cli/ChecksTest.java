package io.syslet.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./syslet} compiled without checks, a build with them compiles once more. */
class ChecksTest {
  private static final Path SCRIPT = Path.of("../.ci/checks.sh").toAbsolutePath();

  @TempDir Path checkout = Path.of("");

  private void build(String checks) throws Exception {
    Process process =
        new ProcessBuilder("sh", SCRIPT.toString(), checks)
            .directory(checkout.toFile())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
    Files.createDirectories(checkout.resolve("a module/target/maven-status"));
    Files.createDirectories(checkout.resolve("a module/target/classes"));
  }

  private Path compiled() throws Exception {
    return Files.writeString(checkout.resolve("a module/target/classes/A.class"), "");
  }

  @Test
  void onlyABuildWithChecksBehindOneWithoutBeginsAnew() throws Exception {
    build("-Xplugin:ErrorProne -XepAllErrorsAsWarnings");
    Path compiled = compiled();
    build("-Xplugin:ErrorProne -XepAllErrorsAsWarnings");
    assertThat(compiled).exists();
    build("-XDchecks=off");
    build("-XDchecks=off");
    assertThat(compiled).exists();
    build("-Xplugin:ErrorProne -XepAllErrorsAsWarnings");
    assertThat(compiled).doesNotExist();
    assertThat(compiled()).exists();
    build("-Xplugin:ErrorProne -XepAllErrorsAsWarnings");
    assertThat(compiled).exists();
  }
}
