package io.syslet.bench.service;

import io.syslet.bench.Figures;
import io.syslet.bench.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/** How long round trips take, and who went to sleep for them, in several rounds. */
final class RoundTrips {
  private static final double MICRO = 1000;

  private final Map<String, Row> rows = new LinkedHashMap<>();

  /** Round trips one after the other. */
  interface Round {
    Histogram run() throws Exception;
  }

  private static final class Row {
    final String rival;
    final List<Double> p50 = new ArrayList<>();
    final Figures p99 = new Figures();
    final Figures clientSleeps = new Figures();
    final Figures serverSleeps = new Figures();
    final Figures messages = new Figures();

    Row(String rival) {
      this.rival = rival;
    }
  }

  /**
   * Measures a round.
   *
   * @param what the name of its row.
   * @param rival the row that it is compared with.
   * @param batch how many calls there are in a round trip.
   * @param server process id of the other side.
   * @param messages how many went over the socket so far.
   * @param counts whether the round counts; the first ones do not.
   */
  void measure(
      String what,
      String rival,
      int batch,
      long server,
      LongSupplier messages,
      boolean counts,
      Round round)
      throws Exception {
    long client = ProcessHandle.current().pid();
    long sent = messages.getAsLong();
    long sleeps = Sleeps.of(client);
    long serverSleeps = Sleeps.of(server);
    Histogram found = round.run();
    if (counts) {
      double calls = (double) found.getTotalCount() * batch;
      Row row = rows.computeIfAbsent(what, name -> new Row(rival));
      row.p50.add(found.getValueAtPercentile(50) / MICRO);
      row.p99.add(found.getValueAtPercentile(99) / MICRO);
      row.clientSleeps.add((Sleeps.of(client) - sleeps) / calls);
      row.serverSleeps.add((Sleeps.of(server) - serverSleeps) / calls);
      row.messages.add((messages.getAsLong() - sent) / calls);
    }
  }

  /** Medians of the rounds; the ratio is that of the p50 in the same round. */
  Table table() {
    Table table =
        new Table(
            "round trip",
            "p50 µs",
            "min..max",
            "p99 µs",
            "min..max",
            "/ echo",
            "min..max",
            "sleeps per call: client",
            "server",
            "messages per call");
    rows.forEach((what, row) -> add(table, what, row));
    return table;
  }

  private void add(Table table, String what, Row row) {
    Figures p50 = figures(row.p50);
    Figures ratio = ratio(row);
    table.row(
        what,
        Table.number(p50.median(), 1),
        p50.range(1),
        Table.number(row.p99.median(), 1),
        row.p99.range(1),
        Table.number(ratio.median(), 2),
        ratio.range(2),
        Table.number(row.clientSleeps.median(), 3),
        Table.number(row.serverSleeps.median(), 3),
        Table.number(row.messages.median(), 3));
  }

  private Figures ratio(Row row) {
    List<Double> others = rows.getOrDefault(row.rival, row).p50;
    Figures ratio = new Figures();
    for (int i = 0; i < row.p50.size(); i++) {
      ratio.add(row.p50.get(i) / others.get(i));
    }
    return ratio;
  }

  private static Figures figures(List<Double> values) {
    Figures figures = new Figures();
    values.forEach(figures::add);
    return figures;
  }
}
