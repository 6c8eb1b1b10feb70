package io.syslet.examples.cli;

import io.syslet.examples.WalkOptions;
import io.syslet.examples.sim.DiskKind;
import io.syslet.examples.sim.SimSetup;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which machine to simulate. */
final class SimArguments {
  /** With more, the virtual nanoseconds of a large walk would be no long. */
  private static final int MOST_SLOWER = 1_000_000;

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
  @Nullable Integer queueDepth;

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
        .queueDepth(queueDepth == null ? otherwise.queueDepth() : queueDepth)
        .seekFactor(seekFactor)
        .slower(slower == null ? otherwise.slower() : slower);
  }

  /** What is wrong with them, if anything. */
  @Nullable String problem() {
    if (files != null && (files < 1 || files > SimSetup.MAX_FILES)) {
      return "--files must be 1 to " + SimSetup.MAX_FILES;
    }
    if (inFlight < 1 || inFlight > WalkOptions.MAX_IN_FLIGHT) {
      return "--in-flight must be 1 to " + WalkOptions.MAX_IN_FLIGHT;
    }
    if (queueDepth != null && queueDepth < 1) {
      return "--queue-depth must be at least 1";
    }
    if (!(seekFactor >= 0 && seekFactor <= Double.MAX_VALUE)) {
      return "--seek-factor must be a number of 0 or more";
    }
    return slower == null || (slower >= 0 && slower <= MOST_SLOWER)
        ? null
        : "--slower must be 0 to " + MOST_SLOWER;
  }
}
