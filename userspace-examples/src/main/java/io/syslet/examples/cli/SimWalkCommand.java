package io.syslet.examples.cli;

import io.syslet.examples.Mode;
import io.syslet.examples.WalkOptions;
import io.syslet.examples.sim.SimMachineRoom;
import io.syslet.examples.sim.SimSetup;
import io.syslet.examples.sim.SimWalk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code syslet sim walk}. */
@Command(
    name = "walk",
    description = "Walks a simulated aged tree with the program of syslet walk.")
final class SimWalkCommand implements Callable<Integer> {
  private static final class Caches {
    @Option(names = "--cold", description = "nothing is cached (the default)")
    boolean cold;

    @Option(names = "--hot", description = "everything is cached: by a walk that is not counted")
    boolean hot;

    /** They exclude each other, and cold is what nobody has to say. */
    boolean areFilled() {
      return hot && !cold;
    }
  }

  private static final class Calls {
    @Option(names = "--sync", description = "no call is asynchronous")
    boolean sync;

    @Option(names = "--lstat-only", description = "only lstat is asynchronous")
    boolean lstatOnly;
  }

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final SimArguments machine = new SimArguments();

  @ArgGroup private final Caches caches = new Caches();

  @ArgGroup private final Calls calls = new Calls();

  @Option(names = "--tasks", paramLabel = "N", description = "tasks (${DEFAULT-VALUE})")
  private int tasks = 1;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Option(names = "--trace", paramLabel = "FILE", description = "write the trace that is hashed")
  private @Nullable Path trace;

  @Override
  public Integer call() throws IOException, InterruptedException {
    String problem = tasks < 1 ? "--tasks must be at least 1" : machine.problem();
    if (problem != null) {
      CommandLine line = Objects.requireNonNull(spec).commandLine();
      throw new CommandLine.ParameterException(line, problem);
    }
    return report(walk());
  }

  /** The hash is that of the whole trace, the end of the machine included. */
  private SimWalk walk() throws IOException, InterruptedException {
    SimMachineRoom room = new SimMachineRoom(setup());
    SimWalk walk;
    try (room) {
      if (caches.areFilled()) {
        room.walk(options());
      }
      walk = room.walk(options());
    }
    return walk.sha256(room.traceSha256());
  }

  private SimSetup setup() {
    return machine.setup(SimSetup.defaults()).trace(trace);
  }

  private WalkOptions options() {
    return WalkOptions.defaults()
        .mode(calls.sync ? Mode.SYNC : calls.lstatOnly ? Mode.LSTAT_ONLY : Mode.ASYNC)
        .tasks(tasks)
        .inFlight(machine.inFlight)
        .complaints(Streams.ERR);
  }

  private int report(SimWalk walk) throws IOException {
    Streams.print(json ? WalkReport.json(walk) : text(walk));
    return walk.found().errors() == 0 ? Main.OK : Main.INCOMPLETE;
  }

  private static String text(SimWalk walk) {
    return WalkReport.text(walk.found())
        + WalkReport.grouped(walk.reads())
        + " reads of the disk\ntrace "
        + walk.sha256()
        + "\n";
  }
}
