package io.syslet.bench.report;

import java.util.List;

/** Text and tables as HTML. */
final class Html {
  private Html() {}

  static String text(String plain) {
    return plain
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A table; numbers stand to the right. */
  static String table(Grid grid) {
    StringBuilder html = new StringBuilder("<div class=\"wide\"><table>\n");
    row(html, "th", grid.headings());
    grid.rows().forEach(row -> row(html, "td", row));
    return html.append("</table></div>\n").toString();
  }

  private static void row(StringBuilder html, String kind, List<String> cells) {
    html.append("<tr>");
    for (String cell : cells) {
      boolean isNumber = cell.matches("[-+]?[0-9][-+0-9.,% ]*");
      html.append("<" + kind + (isNumber ? " class=\"number\">" : ">"));
      html.append(text(cell).replaceAll("\\*\\*(.*?)\\*\\*", "<b>$1</b>"))
          .append("</" + kind + ">");
    }
    html.append("</tr>\n");
  }
}
