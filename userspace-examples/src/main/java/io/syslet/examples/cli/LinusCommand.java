package io.syslet.examples.cli;

import io.syslet.examples.sim.LinusStory;
import io.syslet.examples.sim.SimSetup;
import io.syslet.examples.sim.SimWalk;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code syslet sim linus}. */
@Command(
    name = "linus",
    description = "Linus Torvalds's story as a table: a tree, serial and by syslets, hot and cold.")
final class LinusCommand implements Callable<Integer> {
  private static final double NANOS = 1e9;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final SimArguments machine = new SimArguments();

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    String problem = machine.problem();
    if (problem != null) {
      CommandLine line = Objects.requireNonNull(spec).commandLine();
      throw new CommandLine.ParameterException(line, problem);
    }
    LinusStory story = LinusStory.tell(machine.setup(LinusStory.usual(machine.disk)));
    Streams.print(json ? json(story) : text(story));
    return Main.OK;
  }

  private static String text(LinusStory story) {
    SimSetup m = story.machine();
    return line("%,d names, seed %d, %d in flight", m.files(), m.seed(), m.inFlight())
        + line("on a %s: %s", m.disk().name().toLowerCase(Locale.ROOT), story.disk())
        + line("with a processor %s times as slow as the one that was measured:", m.slower())
        + m.costs().table()
        + line("")
        + line("%-20s %10s %10s %10s %10s", "virtual seconds", "hot", "cold", "reads", "blocked")
        + row("serial", story.serialHot(), story.serialCold())
        + row("only lstat syslets", null, story.lstatOnlyCold())
        + row("syslets", story.sysletsHot(), story.syslets())
        + line("")
        + line("hot, syslets to serial: %.4f", ratio(story.sysletsHot(), story.serialHot()))
        + line("cold, serial to syslets: %.2f", ratio(story.serialCold(), story.syslets()))
        + bound(story);
  }

  private static String bound(LinusStory story) {
    return line(
            "the disk alone, %d of these reads always queued: %.3f s; the processor alone, with its"
                + " hand-overs: %.3f s",
            story.machine().inFlight(),
            story.syslets().boundNanos() / NANOS,
            story.processorNanos() / NANOS)
        + line(
            "cold, syslets to the longer of the two: %.2f",
            (double) story.syslets().virtualNanos() / story.boundNanos());
  }

  private static String row(String name, @Nullable SimWalk hot, SimWalk cold) {
    String first = hot == null ? "" : seconds(hot);
    long pending = cold.found().pending();
    return line("%-20s %10s %10s %10d %10d", name, first, seconds(cold), cold.reads(), pending);
  }

  private static String seconds(SimWalk walk) {
    return String.format(Locale.ROOT, "%.3f", walk.virtualNanos() / NANOS);
  }

  private static double ratio(SimWalk one, SimWalk other) {
    return (double) one.virtualNanos() / other.virtualNanos();
  }

  @SuppressWarnings("AnnotateFormatMethod") // would need a library for one word
  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + "\n";
  }

  private static String json(LinusStory story) {
    return line(
        "{\"serial_hot_ns\": %d, \"serial_cold_ns\": %d, \"lstat_only_cold_ns\": %d, "
            + "\"syslets_hot_ns\": %d, \"syslets_cold_ns\": %d, \"bound_ns\": %d, \"reads\": %d, "
            + "\"trace_sha256\": \"%s\"}",
        story.serialHot().virtualNanos(),
        story.serialCold().virtualNanos(),
        story.lstatOnlyCold().virtualNanos(),
        story.sysletsHot().virtualNanos(),
        story.syslets().virtualNanos(),
        story.boundNanos(),
        story.syslets().reads(),
        story.sysletsHot().sha256());
  }
}
