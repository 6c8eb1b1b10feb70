package io.syslet.bench.threadlets;

import io.syslet.bench.Fork;
import io.syslet.bench.Table;
import io.syslet.threads.slow.SlowMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Readers beside a ticker, cold and hot, by each kind of threads. */
final class StallReport {
  private static final int[] READERS = {8, 64};
  private static final long COLD_MICROS = 5_000;
  private static final long COLD_MEGABYTES = 1024;
  private static final int COLD_READS_EACH = 30;
  private static final int HOT_BYTES = 64 << 20;
  private static final int HOT_READS = 400_000;

  private final int rounds;

  StallReport(int rounds) {
    this.rounds = rounds;
  }

  /** A file system that answers after 5 ms, and knows every name. */
  void cold() throws IOException, InterruptedException {
    Optional<SlowMount> mounted = SlowMount.open(COLD_MICROS, COLD_MEGABYTES);
    if (mounted.isEmpty()) {
      System.out.println("cold: skipped, this user may not mount FUSE file systems");
      return;
    }
    try (SlowMount mount = mounted.get()) {
      System.out.println("cold: each read takes 5 ms, by a FUSE file system of our own\n");
      print(mount.data(), true, ThreadVariant.JDK_64);
    }
  }

  /** A file in memory. */
  void hot() throws IOException, InterruptedException {
    Path file = Files.createTempFile("hot", ".data");
    try {
      Files.write(file, new byte[HOT_BYTES]);
      System.out.println("hot: everything is in memory\n");
      print(file, false, ThreadVariant.JDK);
    } finally {
      Files.delete(file);
    }
  }

  private void print(Path file, boolean cold, ThreadVariant base)
      throws IOException, InterruptedException {
    Table table =
        new Table(
            "reads",
            "readers",
            "by",
            "reads/s",
            "min..max",
            "ratio",
            "late p50 µs",
            "p99 µs",
            "min..max",
            "max µs");
    for (ReadKind kind : ReadKind.values()) {
      for (int readers : READERS) {
        rows(table, kind, readers, measure(kind, file, cold, readers), base);
      }
    }
    System.out.print(table);
    System.out.println("ratio: to " + base.title + "\n");
  }

  private Map<ThreadVariant, Stalls> measure(ReadKind kind, Path file, boolean cold, int readers)
      throws IOException, InterruptedException {
    Map<ThreadVariant, Stalls> all = new EnumMap<>(ThreadVariant.class);
    int reads = cold ? COLD_READS_EACH * readers : HOT_READS;
    for (int i = 0; i < rounds; i++) {
      for (ThreadVariant variant : ThreadVariant.values()) {
        List<String> arguments =
            List.of(
                variant.virtual ? "virtual" : "pool",
                kind.name(),
                file.toString(),
                Boolean.toString(cold),
                Integer.toString(readers),
                Integer.toString(reads),
                Integer.toString(cold ? 0 : HOT_READS));
        List<String> lines = new ArrayList<>();
        Fork.run(StallRounds.class, variant.flags(), arguments, lines::add);
        all.computeIfAbsent(variant, v -> new Stalls()).add(lines.getLast());
      }
    }
    return all;
  }

  private static void rows(
      Table table, ReadKind kind, int readers, Map<ThreadVariant, Stalls> all, ThreadVariant base) {
    double whole = all.getOrDefault(base, new Stalls()).rate.median();
    all.forEach(
        (variant, found) ->
            table.row(found.row(whole, kind.toString(), Integer.toString(readers), variant.title)));
  }
}
