package io.syslet.bench.ring;

import io.syslet.bench.Figures;
import io.syslet.bench.Machine;
import io.syslet.bench.Table;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Completions a second: {@code RingReport [ROUNDS|--quick]}.
 *
 * <p>Each round starts a JVM for each queue in turn; a figure is the median of all iterations of
 * all rounds.
 */
public final class RingReport {
  private static final List<String> LANES =
      List.of(Lanes.OURS, "agrona", "jctools", "disruptor", "array-blocking-queue");
  private static final int BATCH = 256;
  private static final String QUICK = "--quick";
  private static final double MILLION = 1e6;
  private static final double BYTES_PER_MB = 1024 * 1024;

  /** One line of a table: a queue, in one of the set-ups. */
  private record Setup(int producers, int limit) {
    String title() {
      return producers
          + (producers == 1 ? " producer, " : " producers, ")
          + (limit == 1 ? "one by one" : "batches of up to " + limit);
    }
  }

  private final Map<Setup, Map<String, LaneFigures>> figures = new LinkedHashMap<>();
  private final Map<String, Figures> alone = new LinkedHashMap<>();

  private final boolean isQuick;

  private RingReport(boolean isQuick) {
    this.isQuick = isQuick;
  }

  /** Prints a table for each set-up. */
  public static void main(String[] args) throws RunnerException {
    boolean isQuick = args.length > 0 && args[0].equals(QUICK);
    int rounds = isQuick ? 1 : args.length > 0 ? Integer.parseInt(args[0]) : 2;
    RingReport report = new RingReport(isQuick);
    for (int round = 0; round < rounds; round++) {
      report.round();
    }
    System.out.println("ring: 16-byte messages, " + Lanes.CAPACITY + " slots; " + Machine.text());
    report.figures.forEach(RingReport::print);
    report.printAlone();
  }

  private void round() throws RunnerException {
    for (String lane : LANES) {
      measureAlone(lane);
    }
    for (int producers : new int[] {1, 2, 4}) {
      for (int limit : new int[] {BATCH, 1}) {
        if (producers < 4 || limit > 1) {
          measure(new Setup(producers, limit));
        }
      }
    }
  }

  private void measureAlone(String lane) throws RunnerException {
    System.err.println("ring: alone: " + lane);
    Figures found = alone.computeIfAbsent(lane, name -> new Figures());
    for (RunResult run : new Runner(options(AloneBench.class, lane).build()).run()) {
      for (BenchmarkResult result : run.getBenchmarkResults()) {
        result.getIterationResults().forEach(i -> found.add(i.getPrimaryResult().getScore()));
      }
    }
  }

  private void measure(Setup setup) throws RunnerException {
    Map<String, LaneFigures> lanes = figures.computeIfAbsent(setup, s -> new LinkedHashMap<>());
    for (String lane : LANES) {
      System.err.println("ring: " + setup.title() + ": " + lane);
      LaneFigures found = lanes.computeIfAbsent(lane, name -> new LaneFigures());
      for (RunResult run : new Runner(options(setup, lane)).run()) {
        run.getBenchmarkResults().forEach(result -> add(found, result));
      }
    }
  }

  private Options options(Setup setup, String lane) {
    return options(LaneBench.class, lane)
        .param("limit", Integer.toString(setup.limit))
        .threadGroups(1, setup.producers)
        .addProfiler(GCProfiler.class)
        .build();
  }

  private ChainedOptionsBuilder options(Class<?> bench, String lane) {
    return new OptionsBuilder()
        .include(bench.getName())
        .param("lane", lane)
        .forks(1)
        .warmupIterations(isQuick ? 1 : 2)
        .warmupTime(TimeValue.milliseconds(isQuick ? 300 : 500))
        .measurementIterations(3)
        .measurementTime(TimeValue.milliseconds(isQuick ? 200 : 600))
        .jvmArgs(ManagementFactory.getRuntimeMXBean().getInputArguments().toArray(String[]::new))
        .jvmArgsAppend("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC")
        .verbosity(VerboseMode.SILENT);
  }

  private static void add(LaneFigures found, BenchmarkResult result) {
    for (IterationResult iteration : result.getIterationResults()) {
      var secondary = iteration.getSecondaryResults();
      double rate = Objects.requireNonNull(secondary.get("completions")).getScore();
      double megabytes = Objects.requireNonNull(secondary.get("gc.alloc.rate")).getScore();
      found.rate().add(rate / MILLION);
      found.bytes().add(megabytes * BYTES_PER_MB / rate);
    }
  }

  private static void print(Setup setup, Map<String, LaneFigures> lanes) {
    Table table =
        new Table("queue", "million/s", "min..max", "ours / this", "bytes allocated per message");
    double ours = Objects.requireNonNull(lanes.get(Lanes.OURS)).rate().median();
    lanes.forEach(
        (lane, found) ->
            table.row(
                lane,
                Table.number(found.rate().median(), 1),
                found.rate().range(1),
                String.format(Locale.ROOT, "%.2f", ours / found.rate().median()),
                Table.number(found.bytes().median(), 2)));
    System.out.println();
    System.out.println(setup.title());
    System.out.println();
    System.out.print(table);
  }

  private void printAlone() {
    Table table = new Table("queue", "ns per message", "min..max");
    alone.forEach(
        (lane, nanos) -> table.row(lane, Table.number(nanos.median(), 1), nanos.range(1)));
    System.out.println("\none thread that sends and receives in turns\n");
    System.out.print(table);
  }
}
