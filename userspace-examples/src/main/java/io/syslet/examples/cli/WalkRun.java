package io.syslet.examples.cli;

import io.syslet.Kernel;
import io.syslet.examples.Walk;
import io.syslet.examples.WalkOptions;
import io.syslet.examples.WalkResult;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import java.io.IOException;
import java.util.function.LongSupplier;

/** Walks, and says what was found. */
final class WalkRun implements QuickRun {
  /** Messages of a walk that needs none. */
  private static final LongSupplier NO_SOCKET = new NoSocket();

  private final WalkArguments arguments;

  WalkRun(WalkArguments arguments) {
    this.arguments = arguments;
  }

  @Override
  public int run() throws IOException, InterruptedException {
    if (!arguments.connect.isEmpty()) {
      return RemoteWalk.run(arguments, this);
    }
    if (arguments.threadlets) {
      return new ThreadletRun(arguments).run();
    }
    // Not closed: the process ends with the command.
    Kernel kernel = LinuxKernel.boot(linuxOptions());
    return run(kernel, NO_SOCKET, Progress.on(kernel, !arguments.noProgress));
  }

  private LinuxOptions linuxOptions() {
    return LinuxOptions.defaults()
        .policy(arguments.policy)
        .punts(true)
        .maxWorkers(arguments.inFlight + MORE_WORKERS);
  }

  /** Walks on a kernel; the exit status. */
  int run(Kernel kernel, LongSupplier socketMessages, Progress progress)
      throws IOException, InterruptedException {
    byte[] path = RawArguments.bytes(arguments.directory);
    Walk walk = new Walk(kernel, walkOptions(progress), path);
    WalkResult result;
    progress.start(walk);
    try {
      result = walk.run();
    } finally {
      progress.stop();
    }
    if (arguments.json) {
      Streams.print(WalkReport.json(result, kernel.stats(), socketMessages.getAsLong()));
    } else if (!arguments.list) {
      Streams.print(WalkReport.text(result));
    }
    return result.errors() == 0 ? Main.OK : Main.INCOMPLETE;
  }

  private WalkOptions walkOptions(Progress progress) {
    return new WalkOptions(
        arguments.mode(),
        arguments.tasks == null ? 0 : arguments.tasks,
        arguments.inFlight,
        0,
        arguments.oneFileSystem,
        progress.beside(Streams.ERR),
        arguments.list ? Streams.OUT : null);
  }

  /** A class and not a lambda: that would be made at each start. */
  private static final class NoSocket implements LongSupplier {
    @Override
    public long getAsLong() {
      return 0;
    }
  }
}
