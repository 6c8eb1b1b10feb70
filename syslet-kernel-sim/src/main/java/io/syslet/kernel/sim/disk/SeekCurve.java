package io.syslet.kernel.sim.disk;

/**
 * How long the arm takes to another cylinder: short seeks never reach full speed and take as long
 * as the root of the distance, long ones coast.
 *
 * <pre>
 *   ns = a + b * sqrt(d)     0 &lt; d &lt; boundary
 *   ns = c + e * d           d &gt;= boundary
 * </pre>
 *
 * Times include settling. Source: Ruemmler and Wilkes, "An introduction to disk drive modeling",
 * IEEE Computer, March 1994.
 *
 * @param a nanoseconds.
 * @param b nanoseconds a root of a cylinder.
 * @param c nanoseconds.
 * @param e nanoseconds a cylinder.
 * @param boundary cylinders; where the long seeks begin.
 */
public record SeekCurve(double a, double b, double c, double e, int boundary) {
  /** The longest seek, nanoseconds: 73 years, and three of them are no overflow. */
  static final long LONGEST = 1L << 61;

  /** Where the short seeks of the measured disks end, as a part of the stroke: 383 of 1,962. */
  private static final double SHORT_PART = 0.195;

  /**
   * The curve through what a data sheet says. The long part goes through the average, taken as that
   * of a third of the stroke, and the full stroke; the short part from one cylinder to where the
   * long part begins.
   *
   * @param single nanoseconds to the next cylinder.
   * @param average nanoseconds, between {@code single} and {@code full}.
   * @param full nanoseconds from the first to the last cylinder.
   * @throws IllegalArgumentException for times that do not rise, or fewer than 16 cylinders.
   */
  public static SeekCurve fit(int cylinders, long single, long average, long full) {
    if (single < 0 || single >= average || average >= full || cylinders < 16) {
      throw new IllegalArgumentException(
          "no seek curve: " + single + ", " + average + ", " + full + " over " + cylinders);
    }
    double third = cylinders / 3.0;
    double e = (full - average) / (cylinders - 1 - third);
    double c = average - e * third;
    int boundary = Math.max(2, (int) (cylinders * SHORT_PART));
    double b = (c + e * boundary - single) / (Math.sqrt(boundary) - 1);
    return new SeekCurve(single - b, b, c, e, boundary);
  }

  /**
   * Nanoseconds for so many cylinders in either direction, {@value #LONGEST} at most; 0 for none.
   */
  public long nanos(int distance) {
    int d = Math.abs(distance);
    if (d == 0) {
      return 0;
    }
    return Math.min((long) (d < boundary ? a + b * Math.sqrt(d) : c + e * d), LONGEST);
  }

  /** The same curve with every seek {@code factor} times as long. */
  public SeekCurve times(double factor) {
    return new SeekCurve(a * factor, b * factor, c * factor, e * factor, boundary);
  }
}
