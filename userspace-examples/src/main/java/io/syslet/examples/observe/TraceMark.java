package io.syslet.examples.observe;

import java.util.Map;

/**
 * Something at a moment: a level that changes, or a hand-over that was missed.
 *
 * @param process the process.
 * @param row the thread's row; 0 for a level.
 * @param time nanoseconds since the trace began.
 * @param name what it shows.
 * @param level of a level, how much.
 * @param details of the other, more about it.
 */
record TraceMark(
    long process, long row, long time, String name, long level, Map<String, String> details) {
  static TraceMark level(long process, long time, String name, long level) {
    return new TraceMark(process, 0, time, name, level, Map.of());
  }

  static TraceMark instant(long process, long row, long time, Map<String, String> details) {
    return new TraceMark(process, row, time, "missed", 0, details);
  }
}
