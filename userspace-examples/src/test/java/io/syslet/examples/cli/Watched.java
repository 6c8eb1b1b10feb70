package io.syslet.examples.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in a process of its own, which a command looks at. */
final class Watched implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private Watched(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    out = process.inputReader();
  }

  /** A main class of the tests, with what the syslet command has on its line before that. */
  static Watched java(Class<?> main, String... before) throws IOException {
    List<String> line = new ArrayList<>(List.of(before));
    line.addAll(SysletProcess.java());
    line.set(line.size() - 1, main.getName());
    return new Watched(line);
  }

  /** Any other. */
  static Watched program(String... command) throws IOException {
    return new Watched(List.of(command));
  }

  String pid() {
    return Long.toString(process.pid());
  }

  /** Waits for a line of its output. */
  void await(String line) throws IOException {
    for (String each = out.readLine(); !line.equals(each); each = out.readLine()) {
      if (each == null) {
        throw new IOException("it has ended without saying " + line);
      }
    }
  }

  /** Gives it a line. */
  void tell(String line) throws IOException {
    process.outputWriter().write(line);
    process.outputWriter().flush();
  }

  /** Ends it, with what it is at. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    try {
      kill();
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
