package io.syslet.bench.report;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The walk over the latency of the disk: of tables whose titles say how long a read takes. */
final class LatencyPlot {
  private static final Pattern TITLE = Pattern.compile("([0-9]+) (µs|ms) a read.*");
  private static final String SECONDS = "median s";
  private static final double MICROS = 1000;

  private static final List<String> PROGRAMS =
      List.of(
          "C pool, depth 64",
          "C pool, depth 128",
          "syslet walk",
          "syslet walk --tasks 1",
          "io_uring statx, depth 64",
          "fd, depth 64",
          "virtual threads",
          "C serial, full paths");

  private LatencyPlot() {}

  /** Empty if there is no such table. */
  static String of(List<Grid> tables) {
    LineChart chart = new LineChart("cold, " + SECONDS + ", by latency", "ms a read");
    for (String program : PROGRAMS) {
      for (Grid table : tables) {
        Matcher title = TITLE.matcher(table.title());
        if (title.matches()) {
          double millis = Double.parseDouble(title.group(1)) / (isMicros(title) ? MICROS : 1);
          table.row(program).stream()
              .flatMapToDouble(row -> table.number(row, SECONDS).stream())
              .forEach(seconds -> chart.add(program, millis, seconds));
        }
      }
    }
    return chart.draw(true);
  }

  private static boolean isMicros(Matcher title) {
    return title.group(2).equals("µs");
  }
}
