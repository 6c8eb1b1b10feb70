package io.syslet.bench.report;

import java.util.Locale;

/** A drawing; its colours and fonts are the page's, by classes. */
final class Svg {
  private final StringBuilder inner = new StringBuilder();

  void text(double x, double y, String kind, String text) {
    open("text", "x", x, "y", y).append(" class=\"" + kind + "\">" + Html.text(text));
    inner.append("</text>\n");
  }

  /** A bar with what is said of it when it is pointed at. */
  void bar(double x, double y, double width, double height, String kind, String about) {
    open("rect", "x", x, "y", y).append(attribute("width", width) + attribute("height", height));
    inner.append(" rx=\"2\" class=\"" + kind + "\">" + about(about) + "</rect>\n");
  }

  void line(double x1, double y1, double x2, double y2, String kind) {
    open("line", "x1", x1, "y1", y1).append(attribute("x2", x2) + attribute("y2", y2));
    inner.append(" class=\"" + kind + "\"/>\n");
  }

  void dot(double x, double y, String kind, String about) {
    open("circle", "cx", x, "cy", y).append(" r=\"4\" class=\"" + kind + "\">" + about(about));
    inner.append("</circle>\n");
  }

  /** {@code points}: as {@link #point} makes them, one after the other. */
  void path(String points, String kind) {
    inner.append("<polyline points=\"" + points + "\" class=\"" + kind + "\"/>\n");
  }

  static String point(double x, double y) {
    return number(x) + "," + number(y) + " ";
  }

  String drawing(double width, double height, String title) {
    return "<svg viewBox=\"0 0 "
        + number(width)
        + " "
        + number(height)
        + "\""
        + attribute("width", width)
        + " role=\"img\" aria-label=\""
        + Html.text(title)
        + "\">\n"
        + inner
        + "</svg>\n";
  }

  private StringBuilder open(String element, String across, double x, String down, double y) {
    return inner.append("<" + element + attribute(across, x) + attribute(down, y));
  }

  private static String about(String text) {
    return "<title>" + Html.text(text) + "</title>";
  }

  private static String attribute(String name, double value) {
    return " " + name + "=\"" + number(value) + "\"";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
