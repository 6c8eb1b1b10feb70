package io.syslet.examples.cli;

import io.syslet.Kernel;
import io.syslet.examples.AsyncReady;
import io.syslet.examples.Programs;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code syslet async-ready}. */
@Command(
    name = "async-ready",
    description = {
      "Prints entries, bytes and path of each directory, as soon as its last result is there.",
      "What cannot be read is named on standard error; the exit status is 1 then."
    })
final class AsyncReadyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "where to begin")
  private String directory = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (Kernel kernel = LinuxKernel.boot(LinuxOptions.defaults())) {
      byte[] path = RawArguments.bytes(directory);
      AsyncReady program = new AsyncReady(kernel, path, Streams.OUT, Streams.ERR);
      Programs.run(kernel, program);
      return program.errors() == 0 ? Main.OK : Main.INCOMPLETE;
    }
  }
}
