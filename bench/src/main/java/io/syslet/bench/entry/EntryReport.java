package io.syslet.bench.entry;

import io.syslet.bench.Figures;
import io.syslet.bench.Fork;
import io.syslet.bench.Machine;
import io.syslet.bench.Table;
import io.syslet.linux.HandOverPolicy;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the entry costs when nothing blocks: {@code EntryReport [FORKS [ROUNDS]]}. The overhead is
 * the median of the rounds' own ratios, so a change of the machine's speed between rounds does not
 * count.
 */
public final class EntryReport {
  private static final double PERCENT = 100;

  /** What was found about one way to make one call. */
  private static final class Found {
    final Figures nanos = new Figures();
    final Figures overhead = new Figures();
    final Figures bytes = new Figures();
  }

  private final Map<String, Found> found = new LinkedHashMap<>();
  private double direct;

  private EntryReport() {}

  /** Prints the table. */
  public static void main(String[] args) throws Exception {
    int forks = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    String rounds = args.length > 1 ? args[1] : "40";
    EntryReport report = new EntryReport();
    for (int i = 0; i < forks; i++) {
      for (HandOverPolicy policy : HandOverPolicy.values()) {
        Fork.run(EntryRounds.class, List.of(), List.of(rounds, policy.name()), report::add);
      }
    }
    report.print();
  }

  private void add(String line) {
    String[] parts = line.split(";", -1);
    double nanos = Double.parseDouble(parts[2]);
    if (parts[1].equals(EntryRounds.DIRECT)) {
      direct = nanos;
    }
    Found way = found.computeIfAbsent(parts[0] + "," + parts[1], key -> new Found());
    way.nanos.add(nanos);
    way.overhead.add((nanos / direct - 1) * PERCENT);
    way.bytes.add(Double.parseDouble(parts[3]));
  }

  private void print() {
    Table table =
        new Table(
            "call", "way", "ns", "min..max", "overhead %", "min..max", "bytes allocated per call");
    List<String> calls = found.keySet().stream().map(EntryReport::call).distinct().toList();
    found.entrySet().stream()
        .sorted(Comparator.comparingInt(way -> calls.indexOf(call(way.getKey()))))
        .forEach(way -> row(table, way.getKey().split(",", 2), way.getValue()));
    System.out.println("entry: hot, in one process, in one task; " + Machine.text());
    System.out.println();
    System.out.print(table);
  }

  private static String call(String key) {
    return key.substring(0, key.indexOf(','));
  }

  private static void row(Table table, String[] key, Found way) {
    table.row(
        key[0],
        key[1],
        Table.number(way.nanos.median(), 0),
        way.nanos.range(0),
        String.format(Locale.ROOT, "%+.1f", way.overhead.median()),
        way.overhead.range(0),
        Table.number(way.bytes.median(), 3));
  }
}
