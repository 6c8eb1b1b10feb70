package io.syslet.examples.observe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Speaks to the flight recorder of another JVM, by the JDK's jcmd. */
public final class FlightControl {
  private static final int PATIENCE_SECONDS = 30;
  private static final String REPOSITORY = "Repository path: ";

  private final long pid;

  /** Of the JVM with a process number. */
  public FlightControl(long pid) {
    this.pid = pid;
  }

  /**
   * Starts a recording.
   *
   * @param options as {@code JFR.start} takes them.
   * @throws IOException if that cannot be, and why, in one line.
   */
  public void start(String name, List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("JFR.start", "name=" + name));
    command.addAll(options);
    String answer = run(command);
    if (!answer.contains("Started recording")) {
      throw new IOException("no recording could be started: " + reason(answer));
    }
  }

  /** Stops a recording; what it has is in its file, if it has one. */
  public void stop(String name) throws IOException, InterruptedException {
    run(List.of("JFR.stop", "name=" + name));
  }

  /** The folder that the recorder writes to meanwhile. */
  public Path repository() throws IOException, InterruptedException {
    String answer = run(List.of("JFR.configure"));
    return answer
        .lines()
        .filter(line -> line.startsWith(REPOSITORY))
        .map(line -> Path.of(line.substring(REPOSITORY.length()).strip()))
        .findFirst()
        .orElseThrow(() -> new IOException("no recording can be read: " + reason(answer)));
  }

  private String run(List<String> words) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home", ""), "bin", "jcmd");
    if (!Files.isExecutable(jcmd)) {
      throw new IOException("there is no jcmd in this Java: it needs a JDK");
    }
    List<String> command = new ArrayList<>(List.of(jcmd.toString(), Long.toString(pid)));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.endsWith("_OPTIONS"));
    Path file = Files.createTempFile("syslet-jcmd", "");
    try {
      Process process = builder.redirectOutput(file.toFile()).start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("its JVM does not answer");
      }
      String answer = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      if (process.exitValue() != 0) {
        throw new IOException("its JVM cannot be asked: " + reason(answer));
      }
      return answer;
    } finally {
      Files.delete(file);
    }
  }

  /** What matters of an answer: what an exception says, or its first line behind the number. */
  private String reason(String answer) {
    return answer
        .lines()
        .filter(line -> !line.isBlank() && !line.equals(pid + ":"))
        .findFirst()
        .map(line -> line.replaceFirst("^[a-zA-Z.]+(Exception|Error): ", ""))
        .orElse("it says nothing");
  }
}
