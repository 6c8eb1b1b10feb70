package io.syslet.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs a main class in a JVM of its own, with the flags and the class path of this one. */
public final class Fork {
  private Fork() {}

  /**
   * Runs it to its end, and hands on each line that it prints; its errors go where ours go.
   *
   * @param flags further flags of the JVM.
   * @throws IllegalStateException if it fails.
   */
  public static void run(
      Class<?> main, List<String> flags, List<String> arguments, Consumer<String> line)
      throws IOException, InterruptedException {
    Process process = start(main, flags, arguments);
    try (var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      out.lines().forEach(line);
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException(main.getName() + " failed");
    }
  }

  /**
   * Starts it; its errors go where ours go, its input and output are the caller's.
   *
   * @param flags further flags of the JVM.
   */
  public static Process start(Class<?> main, List<String> flags, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(flags);
    command.add(main.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
