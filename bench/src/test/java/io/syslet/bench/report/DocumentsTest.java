package io.syslet.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents have no figure that no command printed. */
class DocumentsTest {
  private static final Path ROOT = Path.of("..");

  /** What is set, and was not measured. */
  private static final Set<String> CONSTANTS =
      Set.of(
          "2.0", // of Apache's licence
          "5 ms", // a read of the slow file system
          "10 ms", // between two looks of who meets a full ring
          "20 ms", // before a sleep is an event
          "100 MB", // the index
          "100 ms", // between two looks of the watching thread
          "256 MiB", // the stacks of 256 carriers
          "300 ms"); // how long the JVM waits for native code

  private Catalog catalog = new Catalog();

  @BeforeEach
  void read() throws IOException {
    catalog = Catalog.of(ROOT.resolve(Documents.FIGURES));
  }

  @Test
  void theTablesAreThoseThatWereRecorded() throws IOException {
    String text = Files.readString(ROOT.resolve(Documents.PERFORMANCE));
    boolean isSame = text.equals(Documents.rewritten(text, catalog));
    assertThat(isSame).as("tables as in docs/figures; bench/run report --write").isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/performance.md", "docs/threadlets.md", "docs/ring.md"})
  void theProseHasNoFigureThatWasNotRecorded(String name) throws IOException {
    String text = Files.readString(ROOT.resolve(name));
    assertThat(new Prose(catalog).unknown(text, CONSTANTS))
        .as("in %s; print it, or leave it out", name)
        .isEmpty();
  }

  @Test
  void eachPartHasAPlaceInTheDocument() throws IOException {
    String text = Files.readString(ROOT.resolve(Documents.PERFORMANCE));
    for (Part part : Parts.ALL) {
      assertThat(text).contains("<!-- figures: " + part.name() + " -->");
    }
  }
}
