package io.syslet.bench.report;

import io.syslet.bench.Table;
import java.util.NoSuchElementException;
import java.util.function.ToDoubleFunction;

/**
 * What a figure is to be.
 *
 * @param what is measured.
 * @param from where the figure stands: a measurement, and a row.
 * @param limit the least, or the most, that it may be.
 * @param isFloor whether that is the least.
 */
record Aim(
    String what,
    String from,
    double limit,
    boolean isFloor,
    String unit,
    ToDoubleFunction<Catalog> figure) {
  static Aim atMost(
      double limit, String unit, String what, String from, ToDoubleFunction<Catalog> figure) {
    return new Aim(what, from, limit, false, unit, figure);
  }

  static Aim atLeast(
      double limit, String unit, String what, String from, ToDoubleFunction<Catalog> figure) {
    return new Aim(what, from, limit, true, unit, figure);
  }

  void row(Catalog catalog, Table table) {
    String aim = (isFloor ? "≥ " : "≤ ") + text(limit);
    try {
      double found = figure.applyAsDouble(catalog);
      boolean isMet = isFloor ? found >= limit : found <= limit;
      table.row(what, aim, text(found), isMet ? "met" : "**missed**", from);
    } catch (NoSuchElementException e) {
      table.row(what, aim, "-", "not measured", from);
    }
  }

  /** Two decimals at least for small numbers. */
  private String text(double value) {
    return Table.number(value, Math.abs(value) < 10 ? 2 : 0) + (unit.isEmpty() ? "" : " " + unit);
  }
}
