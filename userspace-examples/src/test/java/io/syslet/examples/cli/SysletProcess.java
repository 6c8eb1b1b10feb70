package io.syslet.examples.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command as a process of its own, from the classes that were built. */
final class SysletProcess {
  private static final int TIMEOUT_SECONDS = 60;

  /**
   * What a process printed, a character for each byte, and how it ended.
   *
   * @param status the exit status.
   */
  record Ended(int status, String out, String err) {}

  private final List<String> before;
  private final List<String> flags = new ArrayList<>();
  private String out = "";
  private Path directory = Path.of("");

  private SysletProcess(List<String> before) {
    this.before = before;
  }

  /** As a test runs it. */
  static SysletProcess plain() {
    return new SysletProcess(List.of());
  }

  /** By another program, which is given the command line behind its own arguments. */
  static SysletProcess by(String... before) {
    return new SysletProcess(List.of(before));
  }

  /** With standard output going to a file that is there. */
  SysletProcess into(Path file) {
    out = file.toString();
    return this;
  }

  /** With a flag for the JVM. */
  SysletProcess flag(String flag) {
    flags.add(flag);
    return this;
  }

  /** In a folder. */
  SysletProcess in(Path folder) {
    directory = folder;
    return this;
  }

  /** The beginning of a command line: what its arguments follow. */
  static List<String> java() {
    return java(Main.class);
  }

  /**
   * A process that minds SIGINT, also where a shell that started the tests in the background does
   * not.
   */
  static ProcessBuilder interruptible(String... arguments) {
    List<String> line = new ArrayList<>(List.of("env", "--default-signal=INT"));
    line.addAll(java());
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line);
  }

  private static List<String> java(Class<?> main) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-XX:+UseSerialGC");
    line.add("-XX:TieredStopAtLevel=1");
    for (String each :
        List.of("jdk.internal.misc", "jdk.internal.vm", "jdk.internal.ref", "sun.nio.ch")) {
      line.add("--add-exports=java.base/" + each + "=ALL-UNNAMED");
    }
    line.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    line.add("--add-opens=java.base/java.lang.reflect=ALL-UNNAMED");
    line.add("--sun-misc-unsafe-memory-access=allow");
    line.add("--enable-native-access=ALL-UNNAMED");
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    return line;
  }

  /** Runs it to its end. */
  Ended run(String... arguments) throws IOException, InterruptedException {
    return run(Main.class, arguments);
  }

  /** Runs another program to its end. */
  Ended run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(before);
    line.addAll(java(main));
    line.addAll(before.size() + 1, flags);
    line.addAll(List.of(arguments));
    Path captured = Files.createTempFile("out", "");
    Path err = Files.createTempFile("err", "");
    try {
      Process process =
          new ProcessBuilder(line)
              .directory(directory.toAbsolutePath().toFile())
              .redirectOutput(out.isEmpty() ? captured.toFile() : Path.of(out).toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("does not end: " + String.join(" ", arguments));
      }
      return new Ended(
          process.exitValue(),
          Files.readString(captured, ISO_8859_1),
          Files.readString(err, ISO_8859_1));
    } finally {
      Files.delete(captured);
      Files.delete(err);
    }
  }
}
