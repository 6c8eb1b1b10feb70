package io.syslet.kernel;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Durations in nanoseconds. */
public final class Nanos {
  /** Longer than anybody waits, and so short that times behind it can be compared. */
  public static final long FAR = Long.MAX_VALUE / 2;

  private Nanos() {}

  /** The nanoseconds of a duration, {@link #FAR} at most. */
  public static long of(Duration duration) {
    return Math.min(TimeUnit.NANOSECONDS.convert(duration), FAR);
  }
}
