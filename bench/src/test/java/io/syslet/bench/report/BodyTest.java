package io.syslet.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a measurement printed, taken apart. */
class BodyTest {
  private static final String TEXT =
      """
      some: a machine
      cold, 3 runs
      | what | ms  | min..max |
      | ---- | --- | -------- |
      | a    | 1.5 | 1..2     |
      a remark
      """;

  private final Grid grid = Body.of(TEXT).tables().getFirst();

  @Test
  void aTableHasTheLastLineBeforeItForATitle() {
    assertThat(grid.title()).isEqualTo("cold, 3 runs");
  }

  @Test
  void aCellIsFoundByItsRowAndHeading() {
    assertThat(grid.number(grid.row("a").orElseThrow(), "ms")).hasValue(1.5);
  }

  @Test
  void aRowIsFoundByWholeCells() {
    assertThat(grid.row("a | 1.5")).isPresent();
    assertThat(grid.row("a | 1")).isEmpty();
  }

  @Test
  void inMarkdownATableStandsAlone() {
    assertThat(Body.of(TEXT).markdown()).contains("3 runs\n\n| what", "1..2     |\n\na remark\n");
  }

  @Test
  void aBarHasItsValueAndItsRange() {
    String chart = BarChart.of(grid, "cold", 1, "ms", false, label -> true);
    assertThat(chart).contains("class=\"ours\"", ">1.5</text>", "class=\"range\"");
  }
}
