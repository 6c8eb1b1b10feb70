package io.syslet.bench.journal;

import io.syslet.bench.Figures;
import io.syslet.bench.Machine;
import io.syslet.bench.Table;
import io.syslet.server.journal.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** What a journalled call costs: {@code JournalReport [DIR [ROUNDS]]}; the disk is that of DIR. */
public final class JournalReport {
  private static final int[] BATCHES = {1, 16, 256};
  private static final long ROUND_NS = 500_000_000;
  private static final long LONGEST_NS = 60_000_000_000L;
  private static final double MICRO = 1000;
  private static final int RECORDS_PER_CALL = 2;

  /** Makes a lane in a folder. */
  private interface Maker {
    RecordLane make(Path dir) throws IOException;
  }

  /** What one way was found to do, a round each. */
  private record Found(Figures records, Figures p50, Figures p99) {}

  private JournalReport() {}

  /** Prints the table. */
  public static void main(String[] args) throws IOException {
    Path parent = Path.of(args.length > 0 ? args[0] : ".");
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    Map<String, Maker> ways = ways();
    Map<String, Found> found = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      for (Map.Entry<String, Maker> way : ways.entrySet()) {
        for (int batch : BATCHES) {
          measure(parent, way.getKey() + " | " + batch, way.getValue(), batch, round > 0, found);
        }
      }
    }
    System.out.println(
        "journal: two records a call, synced once a batch, on "
            + Files.getFileStore(parent).type()
            + "; "
            + Machine.text());
    System.out.println();
    System.out.print(table(found));
  }

  private static Map<String, Maker> ways() {
    Map<String, Maker> ways = new LinkedHashMap<>();
    ways.put("memory", dir -> new MemoryLane());
    ways.put("FileChannel, page cache", dir -> new ChannelLane(dir, false));
    ways.put("journal, page cache", dir -> new JournalLane(dir, Durability.PAGE_CACHE));
    ways.put("FileChannel, force", dir -> new ChannelLane(dir, true));
    ways.put("journal, fsync", dir -> new JournalLane(dir, Durability.FSYNC));
    return ways;
  }

  private static void measure(
      Path parent, String name, Maker maker, int batch, boolean counts, Map<String, Found> found)
      throws IOException {
    Path dir = Files.createTempDirectory(parent, "journal");
    try (RecordLane lane = maker.make(dir)) {
      Histogram batches = new Histogram(LONGEST_NS, 3);
      double perSecond = run(lane, batch, batches);
      if (counts) {
        Found all =
            found.computeIfAbsent(
                name, key -> new Found(new Figures(), new Figures(), new Figures()));
        all.records.add(perSecond * RECORDS_PER_CALL);
        all.p50.add(batches.getValueAtPercentile(50) / MICRO);
        all.p99.add(batches.getValueAtPercentile(99) / MICRO);
      }
    } finally {
      delete(dir);
    }
  }

  /** Calls a second; the time of each batch, with its sync, is recorded. */
  private static double run(RecordLane lane, int batch, Histogram batches) throws IOException {
    long start = System.nanoTime();
    long before = start;
    long calls = 0;
    while (before - start < ROUND_NS) {
      for (int i = 0; i < batch; i++) {
        lane.call(calls++);
      }
      lane.sync();
      long now = System.nanoTime();
      batches.recordValue(Math.min(now - before, LONGEST_NS));
      before = now;
    }
    return calls * 1e9 / (before - start);
  }

  private static Table table(Map<String, Found> found) {
    Table table =
        new Table("way", "calls a batch", "records/s", "min..max", "batch p50 µs", "p99 µs");
    found.forEach(
        (name, figures) -> {
          List<String> cells = new ArrayList<>(List.of(name.split(" \\| ", 2)));
          cells.add(Table.number(figures.records.median(), 0));
          cells.add(figures.records.range(0));
          cells.add(Table.number(figures.p50.median(), 1));
          cells.add(Table.number(figures.p99.median(), 1));
          table.row(cells.toArray(String[]::new));
        });
    return table;
  }

  private static void delete(Path dir) throws IOException {
    try (Stream<Path> all = Files.walk(dir)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
