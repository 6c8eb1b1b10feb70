package io.syslet.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.examples.cli.SysletProcess.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code syslet sim walk} as a process of its own. */
class SimWalkCommandTest {
  @TempDir Path dir = Path.of("");

  private static String field(Ended ended, String name) {
    Matcher field = Pattern.compile('"' + name + "\": \"?([^,\"}]*)").matcher(ended.out());
    assertThat(field.find()).as(name + " in " + ended.out() + ended.err()).isTrue();
    return field.group(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--cold", "--hot", "--sync"})
  void theFileHasThePrintedHash(String mode) throws Exception {
    Path trace = dir.resolve("trace");
    SysletProcess process = SysletProcess.plain();
    Ended ended =
        process.run("sim", "walk", "--files", "600", mode, "--json", "--trace", trace.toString());
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(trace));
    assertThat(field(ended, "trace_sha256")).isEqualTo(HexFormat.of().formatHex(hash));
  }

  @Test
  void aSlowerArmNeverMakesAWalkFaster() throws Exception {
    long lastVirtual = 0;
    long lastSeek = 0;
    for (String factor : new String[] {"1", "1e6", "1e300"}) {
      Ended ended =
          SysletProcess.plain()
              .run("sim", "walk", "--files", "2000", "--seek-factor", factor, "--json");
      long virtual = Long.parseLong(field(ended, "virtual_ns"));
      long seek = Long.parseLong(field(ended, "seek_ns"));
      assertThat(virtual).as(factor).isGreaterThanOrEqualTo(Math.max(lastVirtual, seek));
      assertThat(seek).as(factor).isGreaterThanOrEqualTo(lastSeek);
      assertThat(Long.parseLong(field(ended, "bound_ns"))).isNotNegative();
      lastVirtual = virtual;
      lastSeek = seek;
    }
  }
}
