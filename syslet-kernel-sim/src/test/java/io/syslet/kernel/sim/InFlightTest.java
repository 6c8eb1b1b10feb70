package io.syslet.kernel.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Very many calls in flight at once. */
class InFlightTest {
  @Test
  void tenThousandCallsOfOneTaskEndOnceEach() throws Exception {
    assertThat(InFlightMain.bytes(10_000, 1)).isPositive();
  }

  /** Compiled code is waited for: interpreted frames are some three times as large. */
  @Test
  @EnabledIfSystemProperty(named = "syslet.long", matches = "true")
  void aHundredThousandTakeLessThanAHundredMegabytes() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("--") || flag.startsWith("-XX:+EnableDynamic"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx400m", "-XX:+UseSerialGC", "-Xbatch"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(InFlightMain.class.getName(), "100000", "6"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(Long.parseLong(output)).isLessThan(100_000_000);
  }
}
