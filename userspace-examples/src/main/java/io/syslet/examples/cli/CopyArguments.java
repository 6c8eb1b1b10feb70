package io.syslet.examples.cli;

import io.syslet.examples.copy.TreeCopy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code syslet copy} was told. */
final class CopyArguments {
  @Parameters(index = "0", paramLabel = "FROM", description = "what to copy")
  String from = "";

  @Parameters(index = "1", paramLabel = "TO", description = "what the copy is called")
  String to = "";

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "calls in flight at most (${DEFAULT-VALUE})")
  int inFlight = TreeCopy.IN_FLIGHT;

  @Option(names = "--quiet", description = "print no totals")
  boolean quiet;

  /** What is wrong with them, if anything. */
  @Nullable String problem() {
    return inFlight < 1 || inFlight > TreeCopy.MAX_IN_FLIGHT
        ? "--in-flight must be 1 to " + TreeCopy.MAX_IN_FLIGHT
        : null;
  }
}
