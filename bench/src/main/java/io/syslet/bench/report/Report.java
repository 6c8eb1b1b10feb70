package io.syslet.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs all measurements, and writes what they print, a page with plots, and on demand the
 * documents: {@code Report [--quick] [--record] [--only NAME,...] [--write]}.
 *
 * <p>It runs where the benches run, in {@code bench/target}.
 */
public final class Report {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path OUT = Path.of("report").toAbsolutePath();
  private static final String PAGE = "report.html";

  /** All of a quick run, and what remains for the page. */
  private static final long QUICK_SECONDS = 590;

  private static final long FULL_SECONDS = 24 * 3600;

  private Report() {}

  /** The exit status is 1 if a measurement failed; one that cannot run here has not failed. */
  public static void main(String[] args) throws Exception {
    Options options = Options.of(args);
    if (!options.isAsked()) {
      System.err.println(
          "usage: bench/run report [--quick] [--record] [--only NAME,...] | --write");
      Parts.ALL.forEach(part -> System.err.printf("  %-20s %s%n", part.name(), part.title()));
      System.exit(2);
    }
    Catalog found = options.onlyWrites() ? Catalog.of(figures()) : run(options);
    if (options.records() || options.onlyWrites()) {
      Documents.rewrite(ROOT);
    }
    Files.createDirectories(OUT);
    Files.writeString(OUT.resolve(PAGE), HtmlPage.of(found));
    System.out.println("\npage: " + OUT.resolve(PAGE));
    System.exit(summary(found) ? 0 : 1);
  }

  private static Path figures() {
    return ROOT.resolve(Documents.FIGURES);
  }

  private static Catalog run(Options options) throws IOException, InterruptedException {
    Runner runner =
        new Runner(ROOT, options.isQuick(), options.isQuick() ? QUICK_SECONDS : FULL_SECONDS);
    Catalog found = new Catalog();
    for (Part part : Parts.ALL) {
      if (options.wants(part)) {
        Recorded recorded = runner.run(part);
        recorded.write(OUT);
        if (options.records() && recorded.isOk()) {
          recorded.write(figures());
        }
        found.add(recorded);
      }
    }
    return found;
  }

  /** Says of each measurement what became of it; whether none failed. */
  private static boolean summary(Catalog found) {
    List<String> failed = new ArrayList<>();
    for (Recorded each : found.all()) {
      System.out.printf("%-20s %s%n", each.name(), each.status());
      if (each.status().startsWith("failed")) {
        failed.add(each.name());
      }
    }
    return failed.isEmpty();
  }
}
