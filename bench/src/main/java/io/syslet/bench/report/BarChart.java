package io.syslet.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** Bars that lie below each other, with the range of the rounds as a thin line. */
final class BarChart {
  private static final int WIDTH = 720;
  private static final int LABELS = 270;
  private static final int VALUES = 90;
  private static final int TOP = 26;
  private static final int STEP = 22;
  private static final int BAR = 14;

  /** One of them; the ends of the range are the value where they are not known. */
  private record Bar(String label, double value, double least, double most, boolean isOurs) {}

  private BarChart() {}

  /**
   * A column of a table; its range is that of the next column, if it is one.
   *
   * @param labels how many columns are the row's name.
   */
  static String of(
      Grid grid, String title, int labels, String column, boolean isLog, Predicate<String> isOurs) {
    List<Bar> bars = new ArrayList<>();
    for (List<String> row : grid.rows()) {
      OptionalDouble value = grid.number(row, column);
      if (value.isPresent()) {
        String label = String.join(", ", row.subList(0, labels));
        bars.add(bar(label, value.getAsDouble(), range(grid, row, column), isOurs.test(label)));
      }
    }
    return bars.isEmpty() ? "" : draw(bars, title, column, isLog);
  }

  private static Bar bar(String label, double value, String[] range, boolean isOurs) {
    double least = range.length == 2 ? Grid.number(range[0]).orElse(value) : value;
    double most = range.length == 2 ? Grid.number(range[1]).orElse(value) : value;
    return new Bar(label, value, least, most, isOurs);
  }

  /** Both ends, if the next column is that of the range. */
  private static String[] range(Grid grid, List<String> row, String column) {
    int next = grid.headings().indexOf(column) + 1;
    boolean isThere = next < row.size() && grid.headings().get(next).equals("min..max");
    return isThere ? row.get(next).split("\\.\\.", -1) : new String[0];
  }

  private static String draw(List<Bar> bars, String title, String column, boolean isLog) {
    Svg svg = new Svg();
    double bottom = TOP + bars.size() * (double) STEP;
    Scale scale = scale(bars, isLog);
    svg.text(0, 12, "title", title + ", " + column);
    for (double tick : scale.ticks()) {
      svg.line(scale.at(tick), TOP - 4, scale.at(tick), bottom, "grid");
      svg.text(scale.at(tick), bottom + 14, "middle small", Scale.tick(tick));
    }
    for (int i = 0; i < bars.size(); i++) {
      bar(svg, bars.get(i), scale, TOP + i * (double) STEP);
    }
    return svg.drawing(WIDTH, bottom + 24, title);
  }

  private static Scale scale(List<Bar> bars, boolean isLog) {
    double most = bars.stream().mapToDouble(Bar::most).max().orElse(1);
    double least = bars.stream().mapToDouble(Bar::value).filter(v -> v > 0).min().orElse(1);
    double right = WIDTH - VALUES;
    return isLog ? Scale.log(least / 2, most, LABELS, right) : Scale.linear(most, LABELS, right);
  }

  private static void bar(Svg svg, Bar bar, Scale scale, double y) {
    double end = scale.at(bar.value);
    String about = bar.label + ": " + Scale.label(bar.value);
    svg.text(LABELS - 8, y + BAR - 3, "end", bar.label);
    svg.bar(LABELS, y, Math.max(end - LABELS, 1), BAR, bar.isOurs ? "ours" : "theirs", about);
    double right = scale.at(bar.most);
    double middle = y + BAR / 2.0;
    svg.line(scale.at(bar.least), middle, right, middle, "range");
    svg.text(Math.max(end, right) + 6, y + BAR - 3, "small", Scale.label(bar.value));
  }
}
