package io.syslet.examples.cli;

import io.syslet.examples.sim.DiskKind;
import io.syslet.examples.sim.SimSetup;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which machine to simulate. */
final class SimArguments {
  @Option(names = "--seed", paramLabel = "N", description = "of everything random (0)")
  long seed;

  @Option(names = "--disk", paramLabel = "hdd|ssd", description = "what the tree lies on (hdd)")
  DiskKind disk = DiskKind.HDD;

  @Option(names = "--files", paramLabel = "N", description = "names in the tree")
  @Nullable Integer files;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "calls in flight at most (${DEFAULT-VALUE})")
  int inFlight = SimSetup.IN_FLIGHT;

  @Option(
      names = "--queue-depth",
      paramLabel = "N",
      description = "requests that the disk's queue may choose among (as the disk has)")
  int queueDepth;

  @Option(
      names = "--seek-factor",
      paramLabel = "X",
      description = "how much slower the disk's arm moves (${DEFAULT-VALUE})")
  double seekFactor = 1;

  @Option(
      names = "--slower",
      paramLabel = "X",
      description = "how many times as slow the processor is as the one that was measured")
  @Nullable Double slower;

  /** The machine; what was not said is as in another one. */
  SimSetup setup(SimSetup otherwise) {
    return otherwise
        .seed(seed)
        .disk(disk)
        .files(files == null ? otherwise.files() : files)
        .inFlight(inFlight)
        .queueDepth(queueDepth)
        .seekFactor(seekFactor)
        .slower(slower == null ? otherwise.slower() : slower);
  }

  /** What is wrong with them, if anything. */
  @Nullable String problem() {
    if (files != null && files < 1) {
      return "--files must be at least 1";
    }
    if (inFlight < 1) {
      return "--in-flight must be at least 1";
    }
    if (queueDepth < 0) {
      return "--queue-depth must be at least 1";
    }
    return seekFactor >= 0 && (slower == null || slower >= 0)
        ? null
        : "--seek-factor and --slower must be 0 or more";
  }
}
