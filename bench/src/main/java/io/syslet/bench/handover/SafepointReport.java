package io.syslet.bench.handover;

import io.syslet.bench.Fork;
import io.syslet.bench.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * How long the JVM waits for its threads to reach a safepoint, while a task makes calls and the
 * heap is collected every 20 ms; beside a plain thread that makes the same calls directly.
 */
final class SafepointReport {
  private static final Pattern REACHING = Pattern.compile("Reaching safepoint: *(\\d+) ns");
  private static final Pattern LATE = Pattern.compile("# \"([^\"]+)\" #");
  private static final double MICRO = 1000;
  private static final long MILLI = 1_000_000;

  private SafepointReport() {}

  static void print(int collections) throws IOException, InterruptedException {
    Table table =
        new Table(
            "calls made by", "hogs", "n", "p50 µs", "p99 µs", "max µs", "over 1 ms", "waited for");
    for (String hogs : List.of("0", "1", "all")) {
      for (String by : List.of("thread", "task")) {
        row(table, by, hogs, collections);
      }
    }
    System.out.println("\ntime to safepoint, a collection every 20 ms\n");
    System.out.print(table);
  }

  private static void row(Table table, String by, String hogs, int collections)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("safepoint", ".log");
    try {
      List<String> flags =
          List.of(
              "-Xlog:disable",
              "-Xlog:safepoint:file=" + log,
              "-XX:+UnlockDiagnosticVMOptions",
              "-XX:+SafepointTimeout",
              "-XX:SafepointTimeoutDelay=1",
              "-XX:+UseSerialGC",
              "-Xms64m",
              "-Xmx64m");
      Fork.run(
          SafepointRounds.class, flags, List.of(by, hogs, "" + collections), System.err::println);
      Histogram found = parse(log);
      table.row(
          by,
          hogs,
          Long.toString(found.getTotalCount()),
          Table.number(found.getValueAtPercentile(50) / MICRO, 0),
          Table.number(found.getValueAtPercentile(99) / MICRO, 0),
          Table.number(found.getMaxValue() / MICRO, 0),
          Long.toString(found.getCountBetweenValues(MILLI, Long.MAX_VALUE)),
          culprits(log));
    } finally {
      Files.delete(log);
    }
  }

  private static Histogram parse(Path log) throws IOException {
    Histogram found = new Histogram(3);
    try (Stream<String> lines = Files.lines(log)) {
      lines
          .map(REACHING::matcher)
          .filter(Matcher::find)
          .forEach(line -> found.recordValue(Long.parseLong(line.group(1))));
    }
    return found;
  }

  /** Whom the JVM waited for more than a millisecond for: kinds of threads, how often. */
  private static String culprits(Path log) throws IOException {
    Map<String, Integer> kinds = new TreeMap<>();
    try (Stream<String> lines = Files.lines(log)) {
      lines
          .map(LATE::matcher)
          .filter(Matcher::find)
          .forEach(late -> kinds.merge(late.group(1).replaceAll("[-0-9]+$", ""), 1, Integer::sum));
    }
    return kinds.isEmpty() ? "" : kinds.toString();
  }
}
