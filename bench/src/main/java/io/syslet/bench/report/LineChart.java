package io.syslet.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lines of several series; each is named at its end, by a colour of its own. */
final class LineChart {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 300;
  private static final int LEFT = 60;
  private static final int RIGHT = 540;
  private static final int TOP = 30;
  private static final int BOTTOM = 260;
  private static final int COLOURS = 8;

  /** A point of a series. */
  record Point(double x, double y) {}

  private final String title;
  private final String across;
  private final Map<String, List<Point>> series = new LinkedHashMap<>();

  LineChart(String title, String across) {
    this.title = title;
    this.across = across;
  }

  void add(String name, double x, double y) {
    series.computeIfAbsent(name, n -> new ArrayList<>()).add(new Point(x, y));
  }

  /** With logarithms across, and upwards if asked for; empty if there is nothing. */
  String draw(boolean isLog) {
    if (series.isEmpty()) {
      return "";
    }
    List<Point> all = series.values().stream().flatMap(List::stream).toList();
    double most = all.stream().mapToDouble(Point::y).max().orElse(1);
    double least = all.stream().mapToDouble(Point::y).filter(y -> y > 0).min().orElse(1);
    Scale y = isLog ? Scale.log(least, most, BOTTOM, TOP) : Scale.linear(most, BOTTOM, TOP);
    Scale x =
        Scale.logBetween(
            all.stream().mapToDouble(Point::x).min().orElse(1),
            all.stream().mapToDouble(Point::x).max().orElse(1),
            LEFT,
            RIGHT);
    Svg svg = new Svg();
    axes(svg, x, y);
    lines(svg, x, y);
    return svg.drawing(WIDTH, HEIGHT, title);
  }

  private void axes(Svg svg, Scale x, Scale y) {
    svg.text(0, 14, "title", title);
    for (double tick : y.ticks()) {
      svg.line(LEFT, y.at(tick), RIGHT, y.at(tick), "grid");
      svg.text(LEFT - 6, y.at(tick) + 4, "end small", Scale.tick(tick));
    }
    List<Double> marks =
        series.values().stream().flatMap(List::stream).map(Point::x).distinct().sorted().toList();
    for (double mark : marks.size() > 8 ? x.ticks() : marks) {
      svg.text(x.at(mark), BOTTOM + 16, "middle small", Scale.tick(mark));
    }
    svg.text((LEFT + RIGHT) / 2.0, BOTTOM + 34, "middle small", across);
  }

  private void lines(Svg svg, Scale x, Scale y) {
    List<Map.Entry<String, Double>> names = new ArrayList<>();
    int colour = 0;
    for (Map.Entry<String, List<Point>> each : series.entrySet()) {
      String kind = "c" + colour++ % COLOURS;
      StringBuilder points = new StringBuilder();
      for (Point p : each.getValue()) {
        points.append(Svg.point(x.at(p.x), y.at(p.y)));
      }
      svg.path(points.toString().strip(), "series " + kind);
      for (Point p : each.getValue()) {
        svg.dot(
            x.at(p.x),
            y.at(p.y),
            "dot " + kind,
            each.getKey() + ", " + Scale.label(p.x) + ": " + Scale.label(p.y));
      }
      names.add(Map.entry(kind + " " + each.getKey(), y.at(each.getValue().getLast().y)));
    }
    names(svg, names);
  }

  /** From above, none nearer to the one before than a line of text. */
  private static void names(Svg svg, List<Map.Entry<String, Double>> names) {
    names.sort(Map.Entry.comparingByValue(Comparator.naturalOrder()));
    double last = TOP - 14;
    for (Map.Entry<String, Double> name : names) {
      last = Math.max(name.getValue() + 4, last + 14);
      String kind = name.getKey().substring(0, 2);
      svg.line(RIGHT + 8, last - 4, RIGHT + 20, last - 4, "series " + kind);
      svg.text(RIGHT + 25, last, "small", name.getKey().substring(3));
    }
  }
}
