package io.syslet.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A table as it was printed.
 *
 * @param title the last line of text before it.
 * @param lines as they were.
 */
record Grid(String title, List<String> lines, List<String> headings, List<List<String>> rows)
    implements Body.Piece {

  static Grid of(String title, List<String> lines) {
    List<List<String>> rows = new ArrayList<>();
    for (String line : lines) {
      List<String> cells = cells(line);
      if (!cells.stream().allMatch(cell -> cell.matches(":?-{2,}:?"))) {
        rows.add(cells);
      }
    }
    return new Grid(title, List.copyOf(lines), rows.getFirst(), rows.subList(1, rows.size()));
  }

  private static List<String> cells(String line) {
    String inner = line.strip().replaceAll("^\\||\\|$", "");
    return Arrays.stream(inner.split("\\|", -1)).map(String::strip).toList();
  }

  /** The first row that begins with these cells, which are parted by {@code " | "}. */
  Optional<List<String>> row(String key) {
    return rows.stream().filter(row -> (key(row) + " | ").startsWith(key + " | ")).findFirst();
  }

  private static String key(List<String> row) {
    return String.join(" | ", row);
  }

  /** The number in a row's cell below a heading. */
  OptionalDouble number(List<String> row, String heading) {
    int column = headings.indexOf(heading);
    return column < 0 || column >= row.size() ? OptionalDouble.empty() : number(row.get(column));
  }

  /** The number that a cell is. */
  static OptionalDouble number(String cell) {
    String plain = cell.replace(",", "").replace("%", "");
    return plain.matches("[-+]?[0-9]+(\\.[0-9]+)?")
        ? OptionalDouble.of(Double.parseDouble(plain))
        : OptionalDouble.empty();
  }
}
