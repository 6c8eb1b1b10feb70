package io.syslet.bench.threadlets;

import io.syslet.bench.Figures;
import io.syslet.bench.Table;
import java.util.stream.Stream;

/**
 * What several rounds of one variant gave, each a line: how much was done a second, and how late
 * somebody else woke or was answered, p50, p99 and at most, nanoseconds.
 */
final class Stalls {
  private static final double MICRO = 1000;

  final Figures rate = new Figures();
  final Figures p50 = new Figures();
  final Figures p99 = new Figures();
  final Figures most = new Figures();

  void add(String line) {
    String[] words = line.split(" ", -1);
    rate.add(Double.parseDouble(words[0]));
    p50.add(Double.parseDouble(words[1]) / MICRO);
    p99.add(Double.parseDouble(words[2]) / MICRO);
    most.add(Double.parseDouble(words[3]) / MICRO);
  }

  /** The cells of a row: those given, and the figures, the rate also as a part of another. */
  String[] row(double whole, String... first) {
    String[] figures = {
      Table.number(rate.median(), 0),
      rate.range(0),
      Table.number(rate.median() / whole, 2),
      Table.number(p50.median(), 0),
      Table.number(p99.median(), 0),
      p99.range(0),
      Table.number(most.max(), 0)
    };
    return Stream.concat(Stream.of(first), Stream.of(figures)).toArray(String[]::new);
  }
}
