package io.syslet.bench.report;

import io.syslet.bench.Table;
import java.util.ArrayList;
import java.util.List;

/** All aims, and whether the recorded figures meet them. */
final class Aims {
  private static final String SERIAL = "C serial, full paths";
  private static final String SECONDS = "median s";
  private static final String STEADY = "steady state: start-up taken off";

  private Aims() {}

  static Table table(Catalog catalog) {
    Table table = new Table("what", "aim", "figure", "", "from");
    all().forEach(aim -> aim.row(catalog, table));
    return table;
  }

  static List<Aim> all() {
    List<Aim> aims = new ArrayList<>();
    for (String latency : List.of("200 µs", "1 ms", "5 ms")) {
      cold(aims, latency);
    }
    hot(aims);
    entry(aims);
    for (String shape :
        List.of(
            "1 producer, batches", "1 producer, one", "2 producers, batches", "2 producers, one")) {
      ring(aims, shape);
    }
    service(aims);
    threadlets(aims);
    return aims;
  }

  private static void cold(List<Aim> aims, String latency) {
    aims.add(
        Aim.atMost(
            1.05,
            "",
            "walk, cold, " + latency + ": of the best C pool",
            "walk-cold: " + latency + ", syslet walk",
            c -> c.cell("walk-cold", latency, "syslet walk", SECONDS) / bestPool(c, latency)));
    if (latency.equals("200 µs")) {
      aims.add(
          Aim.atMost(
              1.5,
              "",
              "walk, cold, " + latency + ": one task, of two",
              "walk-cold: " + latency + ", syslet walk --tasks 1",
              c ->
                  c.cell("walk-cold", latency, "syslet walk --tasks 1", SECONDS)
                      / c.cell("walk-cold", latency, "syslet walk", SECONDS)));
    }
  }

  private static double bestPool(Catalog catalog, String latency) {
    return catalog.least("walk-cold", latency, name -> name.startsWith("C pool"), SECONDS);
  }

  private static void hot(List<Aim> aims) {
    aims.add(hot(0.80, "one task, of serial C", "syslet walk --tasks 1", SERIAL));
    aims.add(hot(0.45, "two tasks, of serial C", "syslet walk --tasks 2", SERIAL));
    aims.add(hot(1.25, "two tasks, of the C pool", "syslet walk --tasks 2", "C pool, 2 threads"));
    aims.add(steady(0.80, "one task", "syslet walk --tasks 1"));
    aims.add(steady(0.42, "two tasks", "syslet walk --tasks 2"));
    aims.add(
        Aim.atMost(
            50,
            "ms",
            "start-up",
            "walk-hot: walk of nothing",
            c -> 1000 * hot(c, "syslet walk of nothing (start-up)")));
  }

  private static Aim hot(double limit, String what, String ours, String theirs) {
    return Aim.atMost(
        limit,
        "",
        "walk, hot, whole process: " + what,
        "walk-hot: " + ours,
        c -> hot(c, ours) / hot(c, theirs));
  }

  private static Aim steady(double limit, String what, String ours) {
    return Aim.atMost(
        limit,
        "",
        "walk, hot, " + STEADY + ": " + what + ", of serial C",
        "walk-hot: " + ours,
        c -> (hot(c, ours) - hot(c, "syslet walk of nothing (start-up)")) / hot(c, SERIAL));
  }

  private static double hot(Catalog catalog, String row) {
    return catalog.cell("walk-hot", "", row, SECONDS);
  }

  private static void entry(List<Aim> aims) {
    aims.add(entry(28, "lstat | single"));
    aims.add(entry(35, "pread 4k | single"));
    aims.add(entry(30, "getppid | single"));
    aims.add(entry(4, "lstat | single, adaptive"));
    aims.add(entry(4, "pread 4k | single, adaptive"));
    for (String call : List.of("lstat", "pread 4k", "getppid")) {
      aims.add(entry(4, call + " | batch of 64"));
    }
  }

  private static Aim entry(double limit, String row) {
    String what = row.replace(" | ", ", ");
    return Aim.atMost(
        limit,
        "%",
        "entry, over the direct call: " + what,
        "entry: " + what,
        c -> c.cell("entry", "", row, "overhead %"));
  }

  private static void ring(List<Aim> aims, String shape) {
    String from = "ring: " + shape;
    aims.add(ring(1, shape, from, "disruptor", "the Disruptor"));
    aims.add(ring(0.5, shape, from, "agrona", "Agrona"));
  }

  private static Aim ring(double limit, String shape, String from, String queue, String name) {
    return Aim.atLeast(
        limit,
        "",
        "ring, " + shape + ": of " + name,
        from,
        c -> ring(c, shape, "syslet-ring") / ring(c, shape, queue));
  }

  private static double ring(Catalog catalog, String shape, String queue) {
    return catalog.cell("ring", shape, queue, "million/s");
  }

  private static void service(List<Aim> aims) {
    aims.add(same(2, "getuid"));
    aims.add(same(3, "statx"));
    aims.add(tls(1.2, "p50 µs"));
    aims.add(tls(3, "p99 µs"));
    aims.add(
        Aim.atMost(
            1.5,
            "",
            "walk through the local service, whole command",
            "service-walk: ./syslet walk --connect",
            c -> c.cell("service-walk", "", "./syslet walk --connect", "ratio")));
    aims.add(
        Aim.atMost(
            0.1,
            "",
            "hot walk through the local service: messages per call",
            "service-walk: local service",
            c -> c.cell("service-walk", "", "local service", "socket messages per call")));
    aims.add(
        Aim.atMost(
            2,
            "",
            "200 busy sessions beside a hostile one: p99, of alone",
            "service-hostile: a hostile client beside",
            c -> c.cell("service-hostile", "", "a hostile client beside", "/ alone")));
    aims.add(many(200, "MB", "VmRSS MB", 1));
    aims.add(many(0.5, "s", "ms", 1e-3));
  }

  /** The worse of the processors: that on which the poller is. */
  private static Aim same(double limit, String call) {
    return Aim.atMost(
        limit,
        "µs",
        "local service, client and poller on one processor: " + call,
        "service-local: the slower processor",
        c ->
            Math.max(
                c.cell("service-local", "", call + ", client on processor 0", "p50 µs"),
                c.cell("service-local", "", call + ", client on processor 1", "p50 µs")));
  }

  private static Aim tls(double limit, String column) {
    return Aim.atMost(
        limit,
        "",
        "TLS: getuid, of the echo waited for, " + column.replace(" µs", ""),
        "service-calls: TLS: getuid",
        c ->
            c.cell("service-calls", "", "TLS: getuid", column)
                / c.cell("service-calls", "", "TLS: echo, 72 bytes, waited for", column));
  }

  private static Aim many(double limit, String unit, String column, double factor) {
    return Aim.atMost(
        limit,
        unit,
        "10,000 calls in flight from one task",
        "handover-many: all started",
        c -> factor * c.cell("handover-many", "", "all started", column));
  }

  private static void threadlets(List<Aim> aims) {
    for (String kind : List.of("mapped", "channel", "attributes")) {
      for (String readers : List.of("8", "64")) {
        String row = kind + " | " + readers + " | threadlets, by the agent";
        aims.add(
            Aim.atLeast(
                0.9,
                "",
                "threadlets, cold, of the JDK with parallelism 64: " + kind + ", " + readers,
                "threadlets-cold",
                c -> c.cell("threadlets-cold", "", row, "ratio")));
      }
    }
    aims.add(
        Aim.atLeast(
            0.9,
            "",
            "threadlets, a ball between two, of the JDK",
            "threadlets-switches",
            c ->
                c.cell(
                    "threadlets-switches", "", "two threads pass a ball, round trips/s", "ratio")));
  }
}
