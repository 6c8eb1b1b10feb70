package io.syslet.examples.cli;

import io.syslet.Kernel;
import io.syslet.examples.AsyncReady;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code syslet async-ready}. */
@Command(
    name = "async-ready",
    description = "Entries and bytes of each directory, as soon as its last result is there.")
final class AsyncReadyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "where to begin")
  private String directory = "";

  @Override
  public Integer call() throws Exception {
    try (Kernel kernel = LinuxKernel.boot(LinuxOptions.defaults())) {
      kernel.run(new AsyncReady(kernel, RawArguments.bytes(directory), System.out));
    }
    return Main.OK;
  }
}
