package io.syslet.bench.coroutine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The program {@code src/main/c/coroutine.c}, where there is a compiler. */
record CoroutineProgram(@Nullable Path executable) {
  private static final Path GCC = Path.of("/usr/bin/gcc");

  /** Relative to where bench/run starts the JVM. */
  private static final Path SOURCE = Path.of("../src/main/c/coroutine.c");

  /** Compiles it, or not. */
  static CoroutineProgram compile() throws IOException, InterruptedException {
    if (!Files.isExecutable(GCC)) {
      return new CoroutineProgram(null);
    }
    Path executable = Files.createTempFile("coroutine", "");
    start(
        List.of(
            GCC.toString(),
            "-O2",
            "-U_FORTIFY_SOURCE",
            "-o",
            executable.toString(),
            SOURCE.toString()),
        line -> {});
    return new CoroutineProgram(executable);
  }

  boolean isThere() {
    return executable != null;
  }

  /** Runs it, if it is there, and hands on each line that it prints. */
  void run(Consumer<String> line) throws IOException, InterruptedException {
    if (executable != null) {
      System.err.println("coroutine: " + CoroutineReport.C);
      start(
          List.of(
              executable.toString(),
              "" + CoroutineReport.CREATES,
              "" + CoroutineReport.YIELDS,
              "" + CoroutineReport.NESTS),
          line);
    }
  }

  private static void start(List<String> command, Consumer<String> line)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      out.lines().forEach(line);
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + " failed");
    }
  }

  void delete() throws IOException {
    if (executable != null) {
      Files.deleteIfExists(executable);
    }
  }
}
