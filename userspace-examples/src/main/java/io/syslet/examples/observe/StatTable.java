package io.syslet.examples.observe;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** What was counted from one sample to the next, a line each. */
public final class StatTable {
  private static final int NAME = 11;
  private static final double MILLIS = 1000;

  /** The last are left out where there is no room. */
  private static final List<Column> COLUMNS =
      List.of(
          rate("CALLS/S", 9, true, s -> s.calls().calls()),
          rate("ASYNC/S", 8, true, s -> s.calls().pending()),
          level("FLIGHT", 7, true, s -> s.calls().inFlight()),
          rate("MISS/S", 7, true, s -> s.calls().missed()),
          level("RUN", 4, false, Sample::running),
          level("BLOCK", 6, false, s -> s.threads().blocked()),
          level("QUEUE", 6, false, s -> s.threads().queued()),
          level("SPARE", 6, false, Sample::spares),
          level("WORK", 5, false, s -> s.threads().workers()),
          rate("LACK/S", 7, false, s -> s.calls().noSpare() + s.threads().starved()),
          rate("REPL/S", 7, false, s -> s.threads().replacements()),
          rate("FALSE/S", 8, true, s -> s.calls().falseHandOvers()),
          rate("PIN/S", 6, true, s -> s.calls().pinned()),
          rate("FOREIGN/S", 10, true, s -> s.calls().foreign()));

  private final int width;

  /** For lines of so many characters. */
  public StatTable(int width) {
    this.width = width;
  }

  /** What the columns are called. */
  public String header() {
    StringBuilder line = new StringBuilder("%-11s".formatted("NAME"));
    for (Column column : shown()) {
      add(line, column, column.name);
    }
    return line.append('\n').toString();
  }

  /** From one sample of a scheduler to a later one. */
  public String row(Sample from, Sample to) {
    double seconds = Math.max(to.ageMillis() - from.ageMillis(), 1) / MILLIS;
    return row(to, column -> (column.of.applyAsLong(to) - column.of.applyAsLong(from)) / seconds);
  }

  /** From the beginning to the first sample. */
  public String row(Sample first) {
    double seconds = Math.max(first.ageMillis(), 1) / MILLIS;
    return row(first, column -> column.of.applyAsLong(first) / seconds);
  }

  private String row(Sample now, ToDoubleFunction<Column> rate) {
    StringBuilder line = new StringBuilder("%-11s".formatted(cut(now.name())));
    for (Column column : shown()) {
      boolean empty = column.ofCalls && !now.isKernel();
      add(line, column, empty ? "-" : column.text(now, rate));
    }
    return line.append('\n').toString();
  }

  /** Those that there is room for, less one character: some terminals begin a line with it. */
  private List<Column> shown() {
    int length = NAME;
    int count = 0;
    while (count < COLUMNS.size() && length + COLUMNS.get(count).width < width) {
      length += COLUMNS.get(count++).width;
    }
    return COLUMNS.subList(0, count);
  }

  private static void add(StringBuilder line, Column column, String text) {
    line.append(String.format(Locale.ROOT, "%" + column.width + "s", text));
  }

  private static String cut(String name) {
    return name.length() < NAME ? name : name.substring(0, NAME - 1);
  }

  private static Column rate(String name, int width, boolean ofCalls, ToLongFunction<Sample> of) {
    return new Column(name, width, ofCalls, true, of);
  }

  private static Column level(String name, int width, boolean ofCalls, ToLongFunction<Sample> of) {
    return new Column(name, width, ofCalls, false, of);
  }

  private record Column(
      String name, int width, boolean ofCalls, boolean isRate, ToLongFunction<Sample> of) {
    String text(Sample now, ToDoubleFunction<Column> rate) {
      if (!isRate) {
        return Long.toString(of.applyAsLong(now));
      }
      double perSecond = rate.applyAsDouble(this);
      return perSecond == 0 || perSecond >= 10
          ? Long.toString(Math.round(perSecond))
          : String.format(Locale.ROOT, "%.1f", perSecond);
    }
  }
}
