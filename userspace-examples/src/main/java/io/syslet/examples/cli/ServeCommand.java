package io.syslet.examples.cli;

import io.syslet.server.ConfigFile;
import io.syslet.server.JsonLog;
import io.syslet.server.Server;
import io.syslet.server.ServerOptions;
import io.syslet.server.ServiceManager;
import io.syslet.server.net.PassedSockets;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code syslet serve}: until SIGTERM or SIGINT, which end it in an orderly way. */
@Command(
    name = "serve",
    modelTransformer = ServeOptions.class,
    description = {
      "Serves a folder: programs in other processes and on other hosts make their calls here.",
      "Without options: for oneself, the current folder, by the socket in the runtime folder."
    })
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = System.getLogger(ServeCommand.class.getName());

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The server reads options from FILE, one JSON object: its keys are the options below"
              + " without the dashes before them. An option of the command line goes before one of"
              + " the file.")
  private @Nullable Path config;

  @Option(
      names = "--dry-run",
      description = "The command checks the options and files, says what is wrong, and ends.")
  private boolean dryRun;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try {
      ServerOptions options = new ServerOptions();
      if (config != null) {
        ConfigFile.read(config, options);
      }
      options.pass(PassedSockets.of(System.getenv()));
      ServeOptions.apply(Objects.requireNonNull(spec).commandLine().getParseResult(), options);
      if (!dryRun) {
        return serve(options);
      }
      Streams.print("syslet: would serve " + Server.check(options).root() + "\n");
      return Main.OK;
    } catch (IllegalArgumentException e) {
      Streams.complain(String.valueOf(e.getMessage()));
      return Main.USAGE;
    }
  }

  private static int serve(ServerOptions options) throws IOException, InterruptedException {
    boolean inJson = options.log.equals("json");
    if (inJson) {
      JsonLog.install();
    }
    Server server = Server.open(options);
    // A thread that dies does not take the server with it, but somebody has to know.
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> report(inJson, thread, e));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "syslet-stop"));
    Streams.print("syslet: " + server.ready() + "\n");
    server.tell(ServiceManager.of(System.getenv()));
    new CountDownLatch(1).await();
    return Main.OK;
  }

  private static void report(boolean inJson, Thread thread, Throwable e) {
    if (inJson) {
      LOG.log(Level.ERROR, "thread " + thread.getName() + " has ended", e);
    } else {
      Failure.report(e);
    }
  }

  /** A process that ends by a signal has ended well. */
  private static void stop(Server server) {
    server.close();
    Runtime.getRuntime().halt(Main.OK);
  }
}
