package io.syslet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the tables say of several rounds. */
class FiguresTest {
  @Test
  void theMedianOfAnOddNumberIsTheMiddleOne() {
    assertThat(of(9, 1, 4).median()).isEqualTo(4);
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
    assertThat(of(9, 1, 4, 6).median()).isEqualTo(5);
  }

  @Test
  void theRangeIsFromTheSmallestToTheLargest() {
    assertThat(of(9, 1, 4).range(1)).isEqualTo("1.0..9.0");
  }

  private static Figures of(double... values) {
    Figures figures = new Figures();
    for (double value : values) {
      figures.add(value);
    }
    return figures;
  }
}
