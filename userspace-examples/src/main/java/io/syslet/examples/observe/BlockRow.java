package io.syslet.examples.observe;

import java.util.Locale;

/** How calls of one kind blocked. */
final class BlockRow {
  private static final String FORMAT = "%-11s%8s%9s%9s%9s%7s%9s  %s";
  private static final int BEFORE_PATH = 64;

  private final String call;
  private final String path;
  private long blocked;
  private long total;
  private long longest;
  private long handedOver;
  private long waited;
  private long missed;
  private long held;

  BlockRow(String call, String path) {
    this.call = call;
    this.path = path;
  }

  /** What the columns are called. */
  static String header() {
    return FORMAT.formatted("CALL", "BLOCKED", "TOTAL", "MAX", "WAIT", "MISSED", "HELD", "PATH");
  }

  void blocked(long nanos) {
    blocked++;
    total += nanos;
    longest = Math.max(longest, nanos);
  }

  void handedOver(long nanos) {
    handedOver++;
    waited += nanos;
  }

  void missed(long sleeps) {
    missed += sleeps;
  }

  void held(long nanos) {
    held += nanos;
  }

  /** What it is sorted by: how long calls took that blocked, or held up their task. */
  long weight() {
    return total + held;
  }

  long count() {
    return blocked;
  }

  long missed() {
    return missed;
  }

  /** A line of so many characters at most. */
  String text(int width) {
    int room = Math.max(width - BEFORE_PATH - 1, 8);
    String shown = path.length() <= room ? path : "…" + path.substring(path.length() - room + 1);
    return FORMAT.formatted(
        call.length() < 11 ? call : call.substring(0, 10),
        blocked,
        time(total),
        time(longest),
        handedOver == 0 ? "-" : time(waited / handedOver),
        missed,
        time(held),
        shown);
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"call\": %s, \"path\": %s, \"blocked\": %d, \"total_ns\": %d, \"max_ns\": %d,"
            + " \"handed_over\": %d, \"waited_ns\": %d, \"missed\": %d, \"held_ns\": %d}%n",
        Json.quoted(call),
        Json.quoted(path),
        blocked,
        total,
        longest,
        handedOver,
        waited,
        missed,
        held);
  }

  /** 1234567 as 1.23 ms, in seven characters at most. */
  private static String time(long nanos) {
    if (nanos == 0) {
      return "0";
    }
    double value = nanos / 1e3;
    String unit = "us";
    if (value >= 999.5) {
      value /= 1e3;
      unit = "ms";
    }
    if (value >= 999.5 && unit.equals("ms")) {
      value /= 1e3;
      unit = "s";
    }
    int digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + digits + "f %s", value, unit);
  }
}
