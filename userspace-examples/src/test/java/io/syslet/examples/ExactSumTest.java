package io.syslet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sums beyond what a long holds. */
class ExactSumTest {
  @Test
  void nothingIsZero() {
    assertThat(new ExactSum().total()).isZero();
  }

  @Test
  void sizesNearTheGreatestDoNotWrap() {
    ExactSum sum = new ExactSum();
    for (int i = 0; i < 5; i++) {
      sum.add(Long.MAX_VALUE);
    }
    assertThat(sum.total()).isEqualTo("46116860184273879035");
  }

  @Test
  void itIsTheSumOfUnsignedValues() {
    Random random = new Random(1);
    ExactSum sum = new ExactSum();
    BigInteger expected = BigInteger.ZERO;
    for (int i = 0; i < 1000; i++) {
      long value = random.nextLong();
      sum.add(value);
      expected = expected.add(new BigInteger(Long.toUnsignedString(value)));
    }
    assertThat(sum.total()).isEqualTo(expected);
  }
}
