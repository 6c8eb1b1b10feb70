package io.syslet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plain table in Markdown, its columns aligned, so that it reads on a terminal as well. */
public final class Table {
  private final List<String[]> rows = new ArrayList<>();

  /** A table with these headings. */
  public Table(String... headings) {
    rows.add(headings);
  }

  /** Adds a row; it has as many cells as there are headings. */
  public void row(String... cells) {
    if (cells.length != rows.getFirst().length) {
      throw new IllegalArgumentException("cells: " + cells.length);
    }
    rows.add(cells);
  }

  /** A number as text. */
  public static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** The whole, a line per row. */
  @Override
  public String toString() {
    int[] widths = widths();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      line(text, rows.get(i), widths);
      if (i == 0) {
        rule(text, widths);
      }
    }
    return text.toString();
  }

  private int[] widths() {
    int[] widths = new int[rows.getFirst().length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    return widths;
  }

  private static void line(StringBuilder text, String[] row, int[] widths) {
    for (int i = 0; i < row.length; i++) {
      text.append("| ").append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 1));
    }
    text.append("|\n");
  }

  private static void rule(StringBuilder text, int[] widths) {
    for (int width : widths) {
      text.append("| ").append("-".repeat(width)).append(' ');
    }
    text.append("|\n");
  }
}
