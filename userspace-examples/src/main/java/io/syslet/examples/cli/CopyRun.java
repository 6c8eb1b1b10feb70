package io.syslet.examples.cli;

import io.syslet.Kernel;
import io.syslet.examples.copy.CopyResult;
import io.syslet.examples.copy.TreeCopy;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import java.io.IOException;

/** Copies, and says how much. */
final class CopyRun implements QuickRun {
  private final CopyArguments arguments;

  CopyRun(CopyArguments arguments) {
    this.arguments = arguments;
  }

  @Override
  public int run() throws IOException, InterruptedException {
    int inFlight = arguments.inFlight;
    LinuxOptions options = LinuxOptions.defaults().maxWorkers(inFlight + MORE_WORKERS);
    // Not closed: the process ends with the command.
    Kernel kernel = LinuxKernel.boot(options);
    byte[] from = RawArguments.bytes(arguments.from);
    byte[] to = RawArguments.bytes(arguments.to, arguments.to.equals(arguments.from) ? 1 : 0);
    CopyResult result = new TreeCopy(kernel, inFlight, Streams.ERR, from, to).run();
    if (!arguments.quiet) {
      Streams.print(WalkReport.text(result));
    }
    return result.errors() == 0 ? Main.OK : Main.INCOMPLETE;
  }
}
