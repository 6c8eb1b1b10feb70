package io.syslet.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

  /** Of each hundred how many took so long: a row for each bound, which is √2 of the one before. */
  public Table distribution() {
    List<String> headings = new ArrayList<>(List.of("from µs", "up to µs"));
    headings.addAll(found.keySet());
    Table table = new Table(headings.toArray(String[]::new));
    long least = all().mapToLong(Histogram::getMinValue).min().orElse(0);
    long most = all().mapToLong(Histogram::getMaxValue).max().orElse(0);
    for (double bound = MICRO; bound / Math.sqrt(2) <= most; bound *= Math.sqrt(2)) {
      if (bound >= least) {
        table.row(share(bound));
      }
    }
    return table;
  }

  private String[] share(double bound) {
    double before = bound / Math.sqrt(2);
    List<String> cells = new ArrayList<>();
    cells.add(Table.number(before / MICRO, 1));
    cells.add(Table.number(bound / MICRO, 1));
    for (List<Histogram> rounds : found.values()) {
      long count = rounds.stream().mapToLong(Histogram::getTotalCount).sum();
      long here =
          rounds.stream()
              .mapToLong(round -> round.getCountBetweenValues((long) before + 1, (long) bound))
              .sum();
      cells.add(Table.number(100.0 * here / Math.max(count, 1), 2));
    }
    return cells.toArray(String[]::new);
  }

  private Stream<Histogram> all() {
    return found.values().stream().flatMap(List::stream);
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
