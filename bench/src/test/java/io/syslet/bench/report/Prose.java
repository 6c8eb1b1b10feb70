package io.syslet.bench.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the figures of a text that no measurement printed. */
final class Prose {
  private static final String UNIT = "µs|ms|ns|s|[KMG]i?B|%|times|million|seconds?|minutes?";

  /** A decimal number, or any with a unit; not part of a version or a name. */
  private static final Pattern FIGURE =
      Pattern.compile(
          "(?<![-.\\w])([0-9][0-9,]*(?:\\.[0-9]+)?)(?![.,]?\\w)(?: ?("
              + UNIT
              + ")(?![\\w]))?"
              + "|(?<![-.\\w])([0-9][0-9,]*(?:\\.[0-9]+)?)(µs|ms|ns|%)(?![\\w])");

  private static final Pattern CODE =
      Pattern.compile("```.*?```|`[^`]*`|(?m:^    .*$)|\\]\\([^)]*\\)", Pattern.DOTALL);

  private static final Pattern NUMBER = Pattern.compile("[0-9][0-9,]*(?:\\.[0-9]+)?");

  /** A number that was printed, and the words around it, which hold its unit. */
  private record Printed(BigDecimal value, String words) {}

  private final List<Printed> printed = new ArrayList<>();

  Prose(Catalog catalog) {
    for (Recorded recorded : catalog.all()) {
      for (Body.Piece piece : Body.of(recorded.body()).pieces()) {
        switch (piece) {
          case Grid grid -> grid.rows().forEach(row -> add(grid, row));
          case Body.Paragraph paragraph -> paragraph.lines().forEach(line -> add(line, line));
        }
      }
    }
  }

  private void add(Grid grid, List<String> row) {
    for (int i = 0; i < row.size(); i++) {
      String unit = grid.headings().get(i);
      add(
          row.get(i),
          unit.equals("min..max") ? grid.headings().get(i - 1) : unit + " " + row.get(i));
    }
  }

  private void add(String text, String words) {
    NUMBER
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .forEach(number -> printed.add(new Printed(value(number), words)));
  }

  /** Figures of the text that nobody printed, and that are none of the constants. */
  List<String> unknown(String text, Set<String> constants) {
    List<String> unknown = new ArrayList<>();
    Matcher figure = FIGURE.matcher(CODE.matcher(Marked.prose(text)).replaceAll(" "));
    while (figure.find()) {
      String number = figure.group(1) != null ? figure.group(1) : figure.group(3);
      String unit = figure.group(1) != null ? figure.group(2) : figure.group(4);
      boolean isFigure = unit != null || number.contains(".");
      if (isFigure && !constants.contains(figure.group()) && !isPrinted(value(number), unit)) {
        unknown.add(figure.group());
      }
    }
    return unknown;
  }

  /** Rounded as the text has it, and where the same unit is. */
  private boolean isPrinted(BigDecimal value, String unit) {
    return printed.stream()
        .filter(each -> unit == null || unit.equals("times") || each.words.contains(unit))
        .anyMatch(
            each -> value.compareTo(each.value.setScale(value.scale(), RoundingMode.HALF_UP)) == 0);
  }

  private static BigDecimal value(String number) {
    return new BigDecimal(number.replace(",", ""));
  }
}
