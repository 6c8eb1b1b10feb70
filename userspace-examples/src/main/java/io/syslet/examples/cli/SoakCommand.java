package io.syslet.examples.cli;

import io.syslet.kernel.sim.Plant;
import io.syslet.kernel.sim.soak.Soak;
import io.syslet.kernel.sim.soak.SoakOptions;
import io.syslet.kernel.sim.soak.SoakResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code syslet sim soak}. */
@Command(
    name = "soak",
    description = {
      "Random programs under random faults, by seed, until one goes wrong.",
      "Each accepted call must have exactly one completion, and nothing may be lost, leaked or left"
          + " asleep."
    })
final class SoakCommand implements Callable<Integer> {
  private static final int SEEDS = 200;

  private static final List<Plant> PLANTS =
      List.of(
          Plant.NONE,
          Plant.DROPPED_WAKE_UP,
          Plant.HEAD_BEFORE_PAYLOAD,
          Plant.HOOK_FIRES_TWICE,
          Plant.LEAKED_RESERVATION,
          Plant.COMPLETED_TWICE);

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "how many seeds (200; 1 if a seed is given)")
  private @Nullable Integer seeds;

  @Option(names = "--seed", paramLabel = "N", description = "the first seed (0)")
  private @Nullable Long seed;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "of each task, at most (${DEFAULT-VALUE})")
  private int steps = SoakOptions.STEPS;

  @Option(
      names = "--plant",
      paramLabel = "N",
      description = {
        "switches on a known bug: 1 a wake-up is dropped, 2 the head moves before the payload is"
            + " there, 3 the hook fires twice, 4 a reservation is leaked, 5 a completion is posted"
            + " twice"
      })
  private int plant;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "writes the machine's trace, of one seed")
  private @Nullable Path trace;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    String problem = problem();
    if (problem != null) {
      CommandLine line = Objects.requireNonNull(spec).commandLine();
      throw new CommandLine.ParameterException(line, problem);
    }
    return run();
  }

  private @Nullable String problem() {
    if (count() < 1) {
      return "--seeds must be at least 1";
    }
    if (steps < 0) {
      return "--steps must be at least 0";
    }
    if (plant < 0 || plant >= PLANTS.size()) {
      return "--plant must be 1 to " + (PLANTS.size() - 1);
    }
    return trace != null && count() != 1 ? "--trace is for one seed" : null;
  }

  private int count() {
    return seeds != null ? seeds : seed != null ? 1 : SEEDS;
  }

  private int run() throws IOException {
    Plant bug = PLANTS.get(plant);
    long first = seed == null ? 0 : seed;
    long calls = 0;
    long pending = 0;
    SoakResult last = null;
    int done = 0;
    for (; done < count() && (last == null || last.isClean()); done++) {
      last = Soak.run(new SoakOptions(first + done, steps, bug, trace));
      calls += last.calls();
      pending += last.pending();
    }
    SoakResult end = Objects.requireNonNull(last);
    Streams.print(json ? json(end, done, calls, pending) : text(end, done, calls, pending));
    return end.isClean() ? Main.OK : Main.INCOMPLETE;
  }

  private String text(SoakResult last, int done, long calls, long pending) {
    String sum =
        String.format(
            Locale.ROOT, "%,d seeds, %,d calls, %,d of them pending", done, calls, pending);
    if (!last.isClean()) {
      return "seed %d: %s%nafter %s%nreplay: %s%n"
          .formatted(last.seed(), last.problem(), sum, replay(last.seed()));
    }
    return count() == 1 ? sum + "\ntrace " + last.sha256() + "\n" : sum + ": all is well\n";
  }

  /** The command that does it again, with a trace. */
  private String replay(long failed) {
    return "./syslet sim soak --seed %d%s%s --trace soak.trace"
        .formatted(
            failed,
            steps == SoakOptions.STEPS ? "" : " --steps " + steps,
            plant == 0 ? "" : " --plant " + plant);
  }

  private String json(SoakResult last, int done, long calls, long pending) {
    String failure =
        last.isClean()
            ? "null"
            : "{\"seed\": %d, \"problem\": \"%s\", \"replay\": \"%s\"}"
                .formatted(
                    last.seed(),
                    String.valueOf(last.problem()).replace("\\", "\\\\").replace("\"", "\\\""),
                    replay(last.seed()));
    return "{\"seeds\": %d, \"calls\": %d, \"pending\": %d, \"failure\": %s, "
            .formatted(done, calls, pending, failure)
        + "\"virtual_ns\": %d, \"trace_sha256\": \"%s\"}%n"
            .formatted(last.virtualNanos(), last.sha256());
  }
}
