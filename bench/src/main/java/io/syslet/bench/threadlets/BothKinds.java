package io.syslet.bench.threadlets;

import io.syslet.bench.Figures;
import io.syslet.bench.Table;

/** The figures of one thing by the JDK's virtual threads, and by threadlets in the same rounds. */
final class BothKinds {
  final Figures jdk = new Figures();
  final Figures ours = new Figures();

  /** A table of such rows; the figures are in a unit, or in what each row says. */
  static Table table(String unit) {
    return new Table("what", "JDK" + unit, "min..max", "threadlets" + unit, "min..max", "ratio");
  }

  void row(Table table, String what) {
    table.row(
        what,
        Table.number(jdk.median(), 0),
        jdk.range(0),
        Table.number(ours.median(), 0),
        ours.range(0),
        Table.number(ours.median() / jdk.median(), 2));
  }
}
