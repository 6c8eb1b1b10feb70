package io.syslet.examples.cli;

import io.syslet.examples.observe.RecorderSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A command whose JVMs record, as JAVA_TOOL_OPTIONS tells them. */
final class TracedCommand {
  /** Makes the trace of the recordings in a folder: whether there was anything in them. */
  interface Writer {
    boolean write(Path folder) throws IOException;
  }

  private static final String OPTIONS = "JAVA_TOOL_OPTIONS";

  private final List<String> command;
  private final long micros;
  private final Path folder;

  TracedCommand(List<String> command, long micros, Path folder) {
    this.command = command;
    this.micros = micros;
    this.folder = folder;
  }

  /** Runs it to its end: its exit status. */
  int run(Writer writer) throws IOException, InterruptedException, Target.RefusedException {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    String already = builder.environment().getOrDefault(OPTIONS, "");
    builder.environment().put(OPTIONS, (already + " " + options()).strip());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new Target.RefusedException(Main.USAGE, command.getFirst() + ": cannot be run");
    }
    // A signal from the terminal goes to both: the file is written when the command has ended.
    AtExit ending = AtExit.of(() -> write(process, writer));
    int status = process.waitFor();
    ending.run();
    return isWritten ? status : Math.max(status, Main.INCOMPLETE);
  }

  private boolean isWritten;

  private void write(Process process, Writer writer) {
    try {
      process.waitFor();
      isWritten = writer.write(folder);
      if (!isWritten) {
        Streams.complain(
            "nothing was recorded: no JVM in it had a kernel or threadlets of syslet, or it was"
                + " killed");
      }
    } catch (IOException e) {
      Streams.complain("no trace: " + Failure.text(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String options() {
    return "-Xlog:jfr+startup=off -XX:StartFlightRecording:filename="
        + folder
        + ",dumponexit=true,"
        + String.join(",", RecorderSettings.trace(micros));
  }
}
