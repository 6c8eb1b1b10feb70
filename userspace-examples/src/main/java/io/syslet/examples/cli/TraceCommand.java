package io.syslet.examples.cli;

import io.syslet.examples.observe.RecordedTrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code syslet trace}: a file for Perfetto. */
@Command(
    name = "trace",
    customSynopsis = {
      "syslet trace [-o FILE] [-s SECONDS] [--calls MICROS] PID",
      "syslet trace [-o FILE] [--calls MICROS] -- COMMAND..."
    },
    description = {
      "Writes what runs, calls and blocks in which thread into a file that ui.perfetto.dev and"
          + " chrome://tracing load: of a running process, until interrupted, or of a command.",
      "A flight recording runs in the process meanwhile. The exit status is that of COMMAND."
    })
final class TraceCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "PID | COMMAND", description = "what to look at")
  private List<String> words = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "syslet-trace.json",
      description = "the file, default ${DEFAULT-VALUE}")
  private Path output = Path.of("");

  @Option(
      names = {"-s", "--seconds"},
      paramLabel = "SECONDS",
      description = "how long to look at a process, default until interrupted or its end")
  private @Nullable Double seconds;

  @Option(
      names = "--calls",
      paramLabel = "MICROS",
      defaultValue = "10",
      description =
          "a call that did not block is shown if it took as long, default"
              + " ${DEFAULT-VALUE}; 0 shows all")
  private long calls;

  private boolean isMade;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (calls < 0 || (seconds != null && !(seconds > 0 && seconds <= 86_400))) {
      Streams.complain("--seconds is 0 to 86400, and --calls not negative");
      return Main.USAGE;
    }
    boolean isCommand =
        Objects.requireNonNull(spec).commandLine().getParseResult().originalArgs().contains("--");
    if (!isCommand && words.size() > 1) {
      Streams.complain("one PID, or -- before a command");
      return Main.USAGE;
    }
    Path folder = Files.createTempDirectory("syslet-trace");
    try {
      return isCommand ? traceCommand(folder) : traceProcess(folder);
    } catch (Target.RefusedException e) {
      unmake();
      return e.report();
    } finally {
      delete(folder);
    }
  }

  private int traceCommand(Path folder)
      throws IOException, InterruptedException, Target.RefusedException {
    make();
    return new TracedCommand(words, calls, folder).run(this::write);
  }

  private int traceProcess(Path folder)
      throws IOException, InterruptedException, Target.RefusedException {
    Target target = Target.parse(words.getFirst());
    target.check();
    make();
    return new TracedProcess(target, calls, folder).run(seconds, this::write);
  }

  /** Early: nobody wants to learn at the end that it cannot be written. What is there stays. */
  private void make() throws IOException {
    isMade = Files.notExists(output, LinkOption.NOFOLLOW_LINKS);
    Files.newOutputStream(output, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
  }

  /** Takes a file away that was made for nothing. */
  private void unmake() throws IOException {
    if (isMade) {
      Files.deleteIfExists(output);
    }
  }

  /**
   * Makes the file of recordings that lie in a folder, which is removed: whether there was anything
   * in them. The last that is done, also when a signal ends the command.
   */
  private boolean write(Path folder) throws IOException {
    try {
      return writeOf(folder);
    } finally {
      delete(folder);
    }
  }

  private boolean writeOf(Path folder) throws IOException {
    RecordedTrace trace = new RecordedTrace();
    try (var files = Files.newDirectoryStream(folder, "*.jfr")) {
      for (Path file : files) {
        if (Files.size(file) > 0) {
          trace.add(file);
        }
      }
    }
    if (trace.events() == 0) {
      unmake();
      return false;
    }
    Files.writeString(output, trace.json());
    Streams.complain(
        output + ": " + WalkReport.grouped(trace.events()) + " events; ui.perfetto.dev loads it");
    return true;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
