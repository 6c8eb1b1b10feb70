package io.syslet.bench;

import java.util.Arrays;

/** The figures of several rounds of one thing: their median, and how far they spread. */
public final class Figures {
  private double[] values = new double[0];

  /** No figure yet. */
  public Figures() {}

  /** Adds the figure of a round. */
  public void add(double value) {
    values = Arrays.copyOf(values, values.length + 1);
    values[values.length - 1] = value;
    Arrays.sort(values);
  }

  /** The middle one, or the mean of the two in the middle; NaN if there is none. */
  public double median() {
    int n = values.length;
    return n == 0 ? Double.NaN : (values[(n - 1) / 2] + values[n / 2]) / 2;
  }

  /** The smallest. */
  public double min() {
    return values.length == 0 ? Double.NaN : values[0];
  }

  /** The largest. */
  public double max() {
    return values.length == 0 ? Double.NaN : values[values.length - 1];
  }

  /** {@code min..max}, each with so many decimals. */
  public String range(int decimals) {
    return Table.number(min(), decimals) + ".." + Table.number(max(), decimals);
  }
}
