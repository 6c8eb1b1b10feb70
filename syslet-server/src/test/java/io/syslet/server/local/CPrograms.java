package io.syslet.server.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Programs with the client library in it, as processes. */
final class CPrograms {
  private static final Path GCC = Path.of("/usr/bin/gcc");

  private CPrograms() {}

  /** Compiles {@code walksize}; the test is skipped where there is no gcc. */
  static Path walksize(Path folder) throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.isExecutable(GCC), "no gcc here");
    Path program = folder.resolve("walksize");
    String said =
        run(
            GCC,
            "-std=c11",
            "-O2",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-o",
            program,
            "../syslet-client/src/main/c/walksize.c",
            "../syslet-client/src/main/c/syslet.c");
    if (!said.equals("0 ")) {
      throw new AssertionError(said);
    }
    return program;
  }

  static Process start(Object... words) throws IOException {
    List<String> command = new ArrayList<>();
    for (Object word : words) {
      command.add(word.toString());
    }
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** The exit status and what it said. */
  static String run(Object... words) throws IOException, InterruptedException {
    Process process = start(words);
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    return process.waitFor() + " " + said;
  }
}
