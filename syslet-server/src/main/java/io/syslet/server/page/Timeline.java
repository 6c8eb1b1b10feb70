package io.syslet.server.page;

import java.util.List;
import java.util.stream.IntStream;

/** The last samples of calls in flight and calls a second, five minutes of them. Any thread. */
final class Timeline {
  /** Between two samples. */
  static final long PERIOD_MILLIS = 250;

  private static final int KEPT = 1200;
  private static final double MILLIS_PER_SECOND = 1000;

  private final long[] time = new long[KEPT];
  private final long[] inFlight = new long[KEPT];
  private final long[] callsPerSecond = new long[KEPT];
  private long samples;
  private long lastTime;
  private long lastCalls;

  /**
   * Samples in the order of time.
   *
   * @param time milliseconds of the epoch.
   */
  record Samples(List<Long> time, List<Long> inFlight, List<Long> callsPerSecond) {}

  /** Adds a sample; its time must be later than the last one's. */
  synchronized void add(long now, long nowInFlight, long calls) {
    if (now <= lastTime) {
      return;
    }
    int at = (int) (samples++ % KEPT);
    time[at] = now;
    inFlight[at] = nowInFlight;
    callsPerSecond[at] = lastTime == 0 ? 0 : rate(now, calls);
    lastTime = now;
    lastCalls = calls;
  }

  private long rate(long now, long calls) {
    return Math.round((calls - lastCalls) * MILLIS_PER_SECOND / (now - lastTime));
  }

  /** The samples later than a time. */
  synchronized Samples since(long after) {
    int count = (int) Math.min(samples, KEPT);
    int newer = 0;
    while (newer < count && time[index(newer)] > after) {
      newer++;
    }
    return new Samples(latest(time, newer), latest(inFlight, newer), latest(callsPerSecond, newer));
  }

  /** Where the sample lies that has so many after it. */
  private int index(int back) {
    return (int) ((samples - 1 - back) % KEPT);
  }

  private List<Long> latest(long[] values, int count) {
    return IntStream.range(0, count).mapToObj(i -> values[index(count - 1 - i)]).toList();
  }
}
