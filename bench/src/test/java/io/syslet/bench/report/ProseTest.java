package io.syslet.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which figures of a text were printed. */
class ProseTest {
  private static final String PRINTED =
      """
      It took 91 KB.
      | what | p50 µs | min..max | n |
      | ---- | ------ | -------- | - |
      | pipe | 20.46  | 1.5..33  | 7 |
      """;

  private final Catalog catalog = new Catalog();

  @BeforeEach
  void add() {
    catalog.add(new Recorded("some", Map.of(), PRINTED));
  }

  @Test
  void aFigureMayBeRounded() {
    assertThat(unknown("20.46 µs, 20.5 µs or 20 µs, at least 1.5 µs, 91 KB")).isEmpty();
  }

  @Test
  void anotherFigureIsUnknown() {
    assertThat(unknown("20.4 µs, and 0.7")).containsExactly("20.4 µs", "0.7");
  }

  @Test
  void theUnitIsPartOfAFigure() {
    assertThat(unknown("20 ms, 91%")).containsExactly("20 ms", "91%");
  }

  @Test
  void numbersWithoutUnitVersionsAndCodeAreNoFigures() {
    assertThat(unknown("2 processors, Java 25, v0.1.0, `sleep 3 ms`, 16-byte, 4,096 slots"))
        .isEmpty();
  }

  @Test
  void aConstantIsKnown() {
    assertThat(new Prose(catalog).unknown("after 3 s", Set.of("3 s"))).isEmpty();
  }

  @Test
  void blocksAreNoProse() {
    assertThat(unknown("<!-- figures: x -->\n77.7 ms\n<!-- end -->\n")).isEmpty();
  }

  private List<String> unknown(String text) {
    return new Prose(catalog).unknown(text, Set.of());
  }
}
