package io.syslet.threads;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A program in a JVM of its own, under the agent, without any other flag unless one is named. */
public final class AgentJvm {
  /** Where the build puts the agent. */
  static final Path JAR = Path.of(System.getProperty("syslet.agent", "target/syslet-agent.jar"));

  private final List<String> command = new ArrayList<>();
  private final ProcessBuilder builder = new ProcessBuilder(command);

  /** What the program said, and how it ended. */
  public record Ended(int status, String out, String err) {
    /** The numbers that it printed, each behind its name on a line of its own. */
    Map<String, Integer> figures() {
      return out.lines()
          .map(line -> line.split(" "))
          .filter(words -> words.length == 2 && words[1].matches("\\d+"))
          .collect(Collectors.toMap(words -> words[0], words -> Integer.parseInt(words[1])));
    }
  }

  private AgentJvm(String java, String options) {
    command.add(java);
    if (!options.isEmpty()) {
      command.add("-javaagent:" + JAR.toAbsolutePath() + "=" + options);
    }
  }

  /** A JVM of this JDK; with the agent's options, or without the agent if they are empty. */
  public static AgentJvm with(String options) {
    return in(System.getProperty("java.home"), options);
  }

  /** With fewer modules of the JDK: neither its management nor its flight recorder. */
  AgentJvm smallest() {
    return flags("--limit-modules", "java.base,java.instrument");
  }

  /** A JVM of another JDK. */
  static AgentJvm in(String home, String options) {
    return new AgentJvm(home + File.separator + "bin" + File.separator + "java", options);
  }

  /** With further flags of the JVM. */
  public AgentJvm flags(String... flags) {
    command.addAll(List.of(flags));
    return this;
  }

  /** Started by another program, which gets the command line behind its own arguments. */
  AgentJvm through(String... launcher) {
    command.addAll(0, List.of(launcher));
    return this;
  }

  /** With something in the environment. */
  AgentJvm environment(String name, String value) {
    builder.environment().putAll(Map.of(name, value));
    return this;
  }

  /** Runs a main class of the tests to its end. */
  public Ended run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return run();
  }

  /** Runs what the flags say. */
  Ended run() throws IOException, InterruptedException {
    Path out = Files.createTempFile("program", ".out");
    Path err = Files.createTempFile("program", ".err");
    try {
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      try {
        int status = process.waitFor();
        return new Ended(status, Files.readString(out), Files.readString(err));
      } finally {
        process.destroyForcibly();
      }
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
