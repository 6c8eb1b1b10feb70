package io.syslet.examples.cli;

import io.syslet.Kernel;
import io.syslet.examples.copy.CopyResult;
import io.syslet.examples.copy.TreeCopy;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code syslet copy}. */
@Command(
    name = "copy",
    description = {
      "Copies a file or a tree as cp -a does, with many calls in flight.",
      "TO is the copy, not the folder that gets it; a directory that is there is filled.",
      "A file has its name when it is whole; one of an interrupted copy is called"
          + " .syslet-copy-...",
      "What cannot be copied is named on standard error; the exit status is 1 then."
    })
final class CopyCommand implements Callable<Integer> {
  /** Threads beyond those that sit in calls in flight. */
  private static final int MORE_WORKERS = 32;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FROM", description = "what to copy")
  private String from = "";

  @Parameters(index = "1", paramLabel = "TO", description = "what the copy is called")
  private String to = "";

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "calls in flight at most (${DEFAULT-VALUE})")
  private int inFlight = TreeCopy.IN_FLIGHT;

  @Option(names = "--quiet", description = "print no totals")
  private boolean quiet;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (inFlight < 1 || inFlight > TreeCopy.MAX_IN_FLIGHT) {
      CommandLine line = Objects.requireNonNull(spec).commandLine();
      throw new CommandLine.ParameterException(
          line, "--in-flight must be 1 to " + TreeCopy.MAX_IN_FLIGHT);
    }
    LinuxOptions options = LinuxOptions.defaults().maxWorkers(inFlight + MORE_WORKERS);
    // Not closed: the process ends with the command.
    Kernel kernel = LinuxKernel.boot(options);
    byte[] original = RawArguments.bytes(from);
    byte[] copy = RawArguments.bytes(to);
    CopyResult result = new TreeCopy(kernel, inFlight, Streams.ERR, original, copy).run();
    if (!quiet) {
      Streams.print(WalkReport.text(result));
    }
    return result.errors() == 0 ? Main.OK : Main.INCOMPLETE;
  }
}
