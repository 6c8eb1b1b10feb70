package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes of the native stub are those that its C source makes. */
class StubTest {
  @ParameterizedTest
  @CsvSource({"x86_64,''", "aarch64,aarch64-linux-gnu-"})
  void theBytesAreMadeFromTheSource(String machine, String cross, @TempDir Path work)
      throws Exception {
    String compiler = compiler(machine, cross);
    assumeTrue(!compiler.isEmpty(), "no gcc for " + machine + " here");
    assumeTrue(compiler.startsWith("12."), "the bytes are gcc 12's; here is " + compiler);
    Path made = work.resolve("stub.bin");
    Process build =
        new ProcessBuilder("sh", "src/main/c/stub.sh", made.toString(), prefix(machine, cross))
            .inheritIO()
            .start();
    assertThat(build.waitFor()).isZero();
    assertThat(Files.readAllBytes(made)).isEqualTo(StubCode.of(machine));
  }

  @ParameterizedTest
  @CsvSource({"x86_64", "aarch64"})
  void theStubFitsItsPage(String machine) {
    assertThat(StubCode.of(machine).length).isBetween(256, 4096);
  }

  private static boolean isHost(String machine) {
    String host = System.getProperty("os.arch", "");
    return machine.equals(host.equals("amd64") ? "x86_64" : host);
  }

  private static String prefix(String machine, String cross) {
    return isHost(machine) ? "" : cross.isEmpty() ? machine + "-linux-gnu-" : cross;
  }

  /** The version of the machine's gcc, or nothing. */
  private static String compiler(String machine, String cross) throws Exception {
    try {
      Process gcc = new ProcessBuilder(prefix(machine, cross) + "gcc", "-dumpfullversion").start();
      String version =
          new String(
                  gcc.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII)
              .strip();
      return gcc.waitFor() == 0 ? version : "";
    } catch (java.io.IOException e) {
      return "";
    }
  }
}
