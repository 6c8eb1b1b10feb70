package io.syslet.examples;

import java.math.BigInteger;

/**
 * A sum of unsigned 64-bit values that cannot wrap: sizes near 2^63 are legal, and two of them are
 * too much for a long. Allocates nothing until the total is asked for. One thread at a time.
 */
final class ExactSum {
  private static final int LOW_BITS = 63;

  /** The total is {@code high * 2^63 + low}; low is never negative. */
  private long high;

  private long low;

  /** Adds a value, taken as unsigned. */
  void add(long value) {
    low += value & Long.MAX_VALUE;
    high += (value >>> LOW_BITS) + (low >>> LOW_BITS);
    low &= Long.MAX_VALUE;
  }

  /** The total. */
  BigInteger total() {
    return BigInteger.valueOf(high).shiftLeft(LOW_BITS).add(BigInteger.valueOf(low));
  }
}
