package io.syslet.examples.cli;

import io.syslet.Kernel;
import io.syslet.examples.Complaints;
import io.syslet.examples.Heads;
import io.syslet.examples.Programs;
import io.syslet.examples.TreeFiles;
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

/** {@code syslet heads}. */
@Command(
    name = "heads",
    description = {
      "Reads the beginning of each file below a directory, each as one program of calls.",
      "What cannot be read is named on standard error; the exit status is 1 then."
    })
final class HeadsCommand implements Callable<Integer> {
  private static final int MORE_WORKERS = 96;
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_IN_FLIGHT = 4096;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "where to begin")
  private String directory = "";

  @Option(
      names = "--bytes",
      paramLabel = "N",
      description = "bytes of each file (${DEFAULT-VALUE})")
  private int bytes = 512;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "files read at a time (${DEFAULT-VALUE})")
  private int inFlight = 256;

  @Option(names = "--print", description = "print path and bytes of each file, not the totals")
  private boolean print;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check("--bytes", bytes, MOST_BYTES);
    check("--in-flight", inFlight, MOST_IN_FLIGHT);
    Complaints complaints = new Complaints(Streams.ERR);
    HeadsReport report = new HeadsReport(complaints, print ? Streams.OUT : null);
    TreeFiles files = new TreeFiles(RawArguments.bytes(directory), complaints);
    LinuxOptions options = LinuxOptions.defaults().maxWorkers(inFlight + MORE_WORKERS);
    // Not closed: the process ends with the command.
    Kernel kernel = LinuxKernel.boot(options);
    long start = System.nanoTime();
    Programs.run(kernel, new Heads(files, bytes, inFlight, report));
    report.end(System.nanoTime() - start);
    return report.status();
  }

  private void check(String name, int value, int most) {
    if (value < 1 || value > most) {
      CommandLine line = Objects.requireNonNull(spec).commandLine();
      throw new CommandLine.ParameterException(line, name + " must be 1 to " + most);
    }
  }
}
