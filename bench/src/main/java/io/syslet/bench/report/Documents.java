package io.syslet.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The documents with figures, and the blocks in them. */
final class Documents {
  static final String FIGURES = "docs/figures";
  static final String PERFORMANCE = "docs/performance.md";

  private Documents() {}

  /** Writes the blocks of the document anew, out of the folder with the figures. */
  static void rewrite(Path root) throws IOException {
    Path file = root.resolve(PERFORMANCE);
    Catalog catalog = Catalog.of(root.resolve(FIGURES));
    Files.writeString(file, rewritten(Files.readString(file), catalog));
  }

  static String rewritten(String text, Catalog catalog) {
    return Marked.rewrite(text, name -> block(name, catalog));
  }

  private static String block(String name, Catalog catalog) {
    if (name.equals("aims")) {
      return Aims.table(catalog).toString();
    }
    return catalog
        .find(name)
        .map(found -> "*" + found.origin() + "*\n\n" + Body.of(found.body()).markdown())
        .orElse("*Not recorded yet: `bench/run report --record --only " + name + "`*\n");
  }
}
