package io.syslet.examples.observe;

import java.util.Map;

/**
 * Something that took time in a row of a trace.
 *
 * @param process which row it is in: the process,
 * @param row and the number of the row.
 * @param start nanoseconds since the trace began.
 * @param end the same, not before start.
 * @param category what kind of thing it is.
 * @param name what the slice shows.
 * @param details more about it.
 */
record TraceSlice(
    long process,
    long row,
    long start,
    long end,
    String category,
    String name,
    Map<String, String> details) {
  TraceSlice until(long other) {
    return new TraceSlice(
        process, row, start, Math.max(Math.min(end, other), start), category, name, details);
  }
}
