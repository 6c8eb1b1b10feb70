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
import java.util.logging.LogManager;
import java.util.stream.Stream;

/** Programs that nobody here wrote, on a slow file system: by each kind of virtual threads. */
final class ProgramReport {
  private static final List<ThreadVariant> VARIANTS =
      List.of(ThreadVariant.JDK, ThreadVariant.JDK_64, ThreadVariant.THREADLETS);
  private static final long DISK_MICROS = 1_000;
  private static final long PAGES_MICROS = 5_000;
  private static final long PAGES_MEGABYTES = 4096;
  private static final int CLIENTS = 32;
  private static final int SEARCHERS = 64;
  private static final String SECONDS = "3";

  /** What a JVM takes beside its heap, which is there before it enters the group. */
  private static final long OWN_BYTES = 64L << 20;

  private static final List<String> FLAGS =
      List.of(
          "-Xms128m",
          "-Xmx128m",
          "-XX:+AlwaysPreTouch",
          "-Djava.util.logging.config.file=/dev/null");

  private final int rounds;
  private final Table table =
      new Table(
          "program",
          "by",
          "done/s",
          "min..max",
          "ratio",
          "late p50 µs",
          "p99 µs",
          "min..max",
          "max µs");

  ProgramReport(int rounds) {
    this.rounds = rounds;
  }

  /** How much of the index the page cache may hold. */
  private enum Regime {
    FITS("fits into the cache", 2),
    AT_THE_LIMIT("is as large as the cache", 1),
    EXCEEDS("is thrice as large as the cache", 1.0 / 3);

    final String title;
    final double share;

    Regime(String title, double share) {
      this.title = title;
      this.share = share;
    }
  }

  void run() throws IOException, InterruptedException {
    LogManager.getLogManager().reset();
    search();
    serve();
    System.out.print(table);
    System.out.println("late: the ticker beside searches; the answers to pings beside pages");
    System.out.println("ratio: to " + ThreadVariant.JDK.title);
  }

  private void search() throws IOException, InterruptedException {
    Path index = Files.createTempDirectory("index");
    try {
      SearchIndex.write(index);
      Optional<SlowMount> mounted = SlowMount.open(DISK_MICROS, index);
      if (mounted.isEmpty()) {
        System.out.println("Lucene: skipped, this user may not mount FUSE file systems\n");
        return;
      }
      try (SlowMount mount = mounted.get()) {
        for (Regime regime : Regime.values()) {
          search(mount.folder(), regime, OWN_BYTES + (long) (regime.share * size(index)));
        }
      }
    } finally {
      delete(index);
    }
  }

  private void search(Path folder, Regime regime, long bytes)
      throws IOException, InterruptedException {
    CacheLimit limit;
    try {
      limit = CacheLimit.open(bytes);
    } catch (IOException e) {
      System.out.println("Lucene: skipped, no control group of memory: " + e.getMessage() + "\n");
      return;
    }
    try {
      List<String> arguments =
          List.of(folder.toString(), limit.processes().toString(), "" + SEARCHERS, SECONDS);
      rows("Lucene, the index " + regime.title, measure(SearchRounds.class, arguments));
    } finally {
      limit.close();
    }
  }

  private void serve() throws IOException, InterruptedException {
    Optional<SlowMount> mounted = SlowMount.open(PAGES_MICROS, PAGES_MEGABYTES);
    if (mounted.isEmpty()) {
      System.out.println("Tomcat: skipped, this user may not mount FUSE file systems\n");
      return;
    }
    try (SlowMount mount = mounted.get()) {
      List<String> arguments = List.of(mount.data().toString(), "" + CLIENTS, SECONDS);
      rows("Tomcat, cold pages for 32 clients", measure(ServeRounds.class, arguments));
    }
  }

  private Map<ThreadVariant, Stalls> measure(Class<?> program, List<String> arguments)
      throws IOException, InterruptedException {
    Map<ThreadVariant, Stalls> all = new EnumMap<>(ThreadVariant.class);
    for (int i = 0; i < rounds; i++) {
      for (ThreadVariant variant : VARIANTS) {
        List<String> flags = new ArrayList<>(FLAGS);
        flags.addAll(variant.flags());
        List<String> lines = new ArrayList<>();
        Fork.run(program, flags, arguments, lines::add);
        all.computeIfAbsent(variant, v -> new Stalls()).add(lines.getLast());
      }
    }
    return all;
  }

  private void rows(String program, Map<ThreadVariant, Stalls> all) {
    double whole = all.getOrDefault(ThreadVariant.JDK, new Stalls()).rate.median();
    all.forEach((variant, found) -> table.row(found.row(whole, program, variant.title)));
  }

  private static long size(Path folder) throws IOException {
    long size = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        size += Files.size(file);
      }
    }
    return size;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
