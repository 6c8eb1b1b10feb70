package io.syslet.bench.service;

import io.syslet.bench.Figures;
import io.syslet.bench.Table;
import io.syslet.client.RemoteKernel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Two hundred sessions whose clients call all the time, alone, beside a thread that only takes a
 * processor, and beside a {@link Hostile} client: whether the others' p99 at most doubles.
 */
final class HostileReport {
  private static final int BUSY = 200;
  private static final long ARENA = 1 << 20;
  private static final int ELEMENTS = 16;
  private static final int SECONDS = 2;
  private static final String NAME = "file";
  private static final double MICRO = 1000;

  private final int rounds;
  private final Map<String, Row> rows = new LinkedHashMap<>();

  private record Row(Figures calls, Figures p50, Figures p99, Figures ratio) {}

  /** What goes on beside the busy ones. */
  private interface Beside {
    AutoCloseable start() throws Exception;
  }

  HostileReport(int rounds) {
    this.rounds = rounds;
  }

  void run() throws Exception {
    List<RemoteKernel> kernels = new ArrayList<>();
    try (Folder folder = Folder.make()) {
      Pki.make(folder.path());
      Files.createFile(folder.root().resolve(NAME));
      try (Served served = new Served(folder.path(), folder.root())) {
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < BUSY; i++) {
          RemoteKernel kernel = served.connectUnix(ARENA, ELEMENTS);
          kernels.add(kernel);
          callers.add(new Caller(kernel, RepeatedCalls.statx(kernel, NAME, 1)));
        }
        measure(callers, served);
      } finally {
        kernels.forEach(RemoteKernel::close);
      }
    }
    System.out.print(table());
  }

  private void measure(List<Caller> callers, Served served) throws Exception {
    for (int round = 0; round <= rounds; round++) {
      double alone = measure("alone", callers, () -> () -> {}, round, 0);
      measure("a spinning thread beside", callers, Hostile::spin, round, alone);
      measure("a hostile client beside", callers, () -> Hostile.start(served), round, alone);
    }
  }

  /** The p99; the first round does not count. */
  private double measure(String what, List<Caller> callers, Beside beside, int round, double alone)
      throws Exception {
    Caller.Shares found = together(callers, beside);
    double p99 = found.latency().getValueAtPercentile(99) / MICRO;
    if (round > 0) {
      Row row = rows.computeIfAbsent(what, HostileReport::row);
      row.calls.add((double) found.calls() / SECONDS);
      row.p50.add(found.latency().getValueAtPercentile(50) / MICRO);
      row.p99.add(p99);
      row.ratio.add(alone == 0 ? 1 : p99 / alone);
    }
    return p99;
  }

  private static Caller.Shares together(List<Caller> callers, Beside beside) throws Exception {
    try (AutoCloseable other = beside.start()) {
      return callFor(callers, other);
    }
  }

  private static Caller.Shares callFor(List<Caller> callers, AutoCloseable beside)
      throws InterruptedException, ExecutionException {
    if (beside instanceof Hostile hostile) {
      hostile.awaitWorst();
    }
    return Caller.together(callers, TimeUnit.SECONDS.toNanos(SECONDS));
  }

  private static Row row(String what) {
    return new Row(new Figures(), new Figures(), new Figures(), new Figures());
  }

  private Table table() {
    Table table =
        new Table("200 busy", "calls/s", "p50 µs", "p99 µs", "min..max", "/ alone", "min..max");
    rows.forEach(
        (what, row) ->
            table.row(
                what,
                Table.number(row.calls.median(), 0),
                Table.number(row.p50.median(), 1),
                Table.number(row.p99.median(), 1),
                row.p99.range(1),
                Table.number(row.ratio.median(), 2),
                row.ratio.range(2)));
    return table;
  }
}
