package io.syslet.bench.report;

import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which plots a measurement has. */
final class Plots {
  private static final Pattern DEPTH = Pattern.compile("(.*), depth ([0-9]+)");

  private Plots() {}

  static String of(Recorded recorded) {
    List<Grid> tables = Body.of(recorded.body()).tables();
    StringBuilder plots = new StringBuilder(LatencyPlot.of(tables));
    for (Grid table : tables) {
      plots.append(of(recorded.name(), table));
    }
    return plots.toString();
  }

  private static String of(String name, Grid table) {
    String column = table.headings().size() > 1 ? table.headings().get(1) : "";
    return switch (name) {
      case "walk-hot", "walk-cold", "walk-busy", "copy", "hadoop" -> seconds(table);
      case "ring" -> bars(table, 1, column, false);
      case "wake" -> bars(table, 1, "p50 µs", false);
      case "entry" -> bars(table, 2, "ns", false);
      case "handover-delays" ->
          column.equals("up to µs")
              ? histogram(table)
              : BarChart.of(table, table.title(), 1, "p50 µs", true, label -> true);
      case "handover-safepoint" -> bars(table, 2, "max µs", true);
      case "service-local", "service-calls" -> bars(table, 1, "p50 µs", true);
      case "service-crowd" -> bars(table, 1, "calls/s", false);
      case "service-hostile" -> bars(table, 1, "p99 µs", false);
      case "service-walk" -> bars(table, 1, "ms", false);
      case "threadlets-cold", "threadlets-hot" ->
          bars(table, 3, "reads/s", true) + bars(table, 3, "p99 µs", true);
      case "threadlets-programs" -> bars(table, 2, "done/s", true) + bars(table, 2, "p99 µs", true);
      case "threadlets-switches" -> bars(table, 1, "ratio", false);
      case "coroutine" -> bars(table, 1, column, true);
      case "journal" -> bars(table, 2, "records/s", true);
      default -> "";
    };
  }

  private static String bars(Grid table, int labels, String column, boolean isLog) {
    return BarChart.of(table, table.title(), labels, column, isLog, Plots::isOurs);
  }

  private static boolean isOurs(String label) {
    return label.matches(
        ".*(syslet|threadlets|journal,|ring,|single|batch|Calls|service|TLS: (getuid|statx)|local:"
            + " (getuid|statx)).*");
  }

  /** By depth if the rows say one. */
  private static String seconds(Grid table) {
    String column = "median s";
    LineChart chart = new LineChart(table.title() + ", " + column, "depth");
    for (List<String> row : table.rows()) {
      Matcher found = DEPTH.matcher(row.getFirst());
      OptionalDouble value = table.number(row, column);
      if (found.matches() && value.isPresent()) {
        chart.add(found.group(1), Double.parseDouble(found.group(2)), value.getAsDouble());
      }
    }
    return bars(table, 1, column, false) + chart.draw(true);
  }

  /** A column for each call, a row for each bound. */
  private static String histogram(Grid table) {
    LineChart chart = new LineChart(table.title(), "up to µs");
    for (List<String> row : table.rows()) {
      for (int i = 2; i < row.size(); i++) {
        OptionalDouble share = Grid.number(row.get(i));
        OptionalDouble bound = Grid.number(row.get(1));
        if (share.isPresent() && bound.isPresent()) {
          chart.add(table.headings().get(i), bound.getAsDouble(), share.getAsDouble());
        }
      }
    }
    return chart.draw(false);
  }
}
