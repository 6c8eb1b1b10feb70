package io.syslet.examples.cli;

import io.syslet.Kernel;
import io.syslet.examples.Basic;
import io.syslet.examples.Programs;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code syslet basic}. */
@Command(name = "basic", description = "One call, one ring: reads a pipe, empty and full.")
final class BasicCommand implements Callable<Integer> {
  @Override
  public Integer call() throws IOException, InterruptedException {
    try (Kernel kernel = LinuxKernel.boot(LinuxOptions.defaults())) {
      Programs.run(kernel, new Basic(Streams.OUT));
    }
    return Main.OK;
  }
}
