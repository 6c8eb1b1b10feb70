package io.syslet.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Latencies of several things, each measured in several rounds. */
public final class Latencies {
  private static final double MICRO = 1000;

  private final Map<String, List<Histogram>> found = new LinkedHashMap<>();

  /** None yet. */
  public Latencies() {}

  /** Adds a round: nanoseconds. */
  public void add(String what, Histogram round) {
    found.computeIfAbsent(what, name -> new ArrayList<>()).add(round);
  }

  /**
   * A table in microseconds: p50 and p99 are medians of the rounds with the range of them; the
   * maximum is that of all rounds.
   */
  public Table table(String what) {
    Table table = new Table(what, "n", "p50 µs", "min..max", "p99 µs", "min..max", "max µs");
    found.forEach((name, rounds) -> row(table, name, rounds));
    return table;
  }

  private static void row(Table table, String name, List<Histogram> rounds) {
    Figures p50 = percentile(rounds, 50);
    Figures p99 = percentile(rounds, 99);
    Figures most = percentile(rounds, 100);
    long count = rounds.stream().mapToLong(Histogram::getTotalCount).sum();
    table.row(
        name,
        Long.toString(count),
        Table.number(p50.median(), 1),
        p50.range(1),
        Table.number(p99.median(), 1),
        p99.range(1),
        Table.number(most.max(), 0));
  }

  private static Figures percentile(List<Histogram> rounds, double percentile) {
    Figures figures = new Figures();
    rounds.forEach(round -> figures.add(round.getValueAtPercentile(percentile) / MICRO));
    return figures;
  }
}
