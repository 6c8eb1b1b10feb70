package io.syslet.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Aims are computed from what was printed. */
class AimsTest {
  private static final String HOT =
      """
      hot, 9 runs each
      | program               | median s | min..max     | ratio |
      | --------------------- | -------- | ------------ | ----- |
      | C serial, full paths  | 1.000    | 0.900..1.100 | 1.00  |
      | syslet walk --tasks 1 | 0.790    | 0.700..0.800 | 0.79  |
      | syslet walk --tasks 2 | 0.460    | 0.400..0.500 | 0.46  |
      """;

  private final Catalog catalog = new Catalog();

  @Test
  void aFigureIsBesideItsAim() {
    catalog.add(new Recorded("walk-hot", Map.of(), HOT));
    assertThat(row("whole process: one task")).contains("≤ 0.80", "| 0.79", "| met");
    assertThat(row("whole process: two tasks, of serial C")).contains("0.46", "**missed**");
  }

  @Test
  void whatWasNotPrintedIsNotMeasured() {
    assertThat(row("start-up")).contains("not measured");
  }

  private String row(String what) {
    return Aims.table(catalog)
        .toString()
        .lines()
        .filter(line -> line.contains(what))
        .findFirst()
        .orElseThrow();
  }
}
