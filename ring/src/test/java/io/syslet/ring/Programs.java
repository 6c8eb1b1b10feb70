package io.syslet.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Starting C programs and JVMs from a test. */
final class Programs {
  private Programs() {}

  /** Compiles a program of src/test/c; the test is skipped where there is no gcc. */
  static Path compile(String name, Path into) throws IOException, InterruptedException {
    Path gcc = Path.of("/usr/bin/gcc");
    Assumptions.assumeTrue(Files.isExecutable(gcc), "no gcc here");
    Path program = into.resolve(name);
    Process compiler =
        new ProcessBuilder(
                gcc.toString(),
                "-std=gnu11",
                "-O2",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-Isrc/main/c",
                "-o",
                program.toString(),
                "src/test/c/" + name + ".c")
            .redirectErrorStream(true)
            .start();
    String said = output(compiler);
    if (compiler.waitFor() != 0) {
      throw new AssertionError(said);
    }
    return program;
  }

  static Process start(Path program, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static final List<String> FLAGS =
      List.of(
          "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
          "--enable-native-access=ALL-UNNAMED");

  /** A JVM like ours that starts fast and runs the main method of a test class. */
  static Process java(Class<?> main, List<String> flags, Object... arguments) throws IOException {
    List<String> all = new ArrayList<>(FLAGS);
    all.addAll(flags);
    return java(all, main, List.of(arguments));
  }

  /** The same with no other flags than those given. */
  static Process java(List<String> flags, Class<?> main, List<Object> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
    command.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx64m"));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
  }

  /** What it printed, once it has ended well. */
  static String finish(Process process) throws IOException, InterruptedException {
    String said = output(process);
    if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError("exit " + process.waitFor() + ": " + said);
    }
    return said;
  }
}
