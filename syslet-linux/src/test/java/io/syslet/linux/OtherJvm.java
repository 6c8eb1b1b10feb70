package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the tests in a JVM of their own, with the flags of this one and others. */
final class OtherJvm {
  private static final int PATIENCE_SECONDS = 180;

  private OtherJvm() {}

  /**
   * Runs a class with flags and arguments, divided by blanks: what it printed, once it ended well.
   */
  static String run(Class<?> main, String flags, String... arguments) throws Exception {
    Process process = start(main, flags, arguments);
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }

  /** Starts a class with flags and arguments; what it prints is in one stream. */
  static Process start(Class<?> main, String flags, String... arguments) throws IOException {
    return new ProcessBuilder(command(main, flags, arguments)).redirectErrorStream(true).start();
  }

  /** The command line that runs a class with flags and arguments. */
  static List<String> command(Class<?> main, String flags, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(flags());
    command.addAll(Arrays.asList(flags.strip().split(" +")));
    command.removeIf(String::isEmpty);
    command.add("-cp");
    command.add(System.getProperty("java.class.path", ""));
    command.add(main.getName());
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  /** The flags of this JVM that open the JDK's packages. */
  static List<String> flags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("--add-") || flag.startsWith("--enable-native"))
        .toList();
  }
}
