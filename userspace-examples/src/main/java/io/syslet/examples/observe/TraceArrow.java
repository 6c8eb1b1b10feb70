package io.syslet.examples.observe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A task went from one worker to another.
 *
 * @param process the process.
 * @param fromRow the row that it left,
 * @param fromTime at that moment, nanoseconds since the trace began.
 * @param toRow the row that it came to,
 * @param toTime at that moment.
 * @param name what the arrow shows.
 */
record TraceArrow(long process, long fromRow, long fromTime, long toRow, long toTime, String name) {
  /** The ways of all tasks. */
  static List<TraceArrow> of(List<TraceTurn> turns, TraceRows rows) {
    List<TraceTurn> sorted = new ArrayList<>(turns);
    sorted.sort(Comparator.comparingLong(TraceTurn::start));
    Map<TraceRows.Place, TraceTurn> last = new HashMap<>();
    List<TraceArrow> arrows = new ArrayList<>();
    for (TraceTurn turn : sorted) {
      if (turn.task() == 0) {
        continue;
      }
      TraceTurn before = last.put(new TraceRows.Place(turn.process(), turn.task()), turn);
      if (before != null && before.row() != turn.row()) {
        arrows.add(between(before, turn, rows));
      }
    }
    return arrows;
  }

  private static TraceArrow between(TraceTurn from, TraceTurn to, TraceRows rows) {
    TraceSlice call = rows.leftIn(from);
    long time =
        call == null
            ? Math.max(from.end() - 1, from.start())
            : Math.clamp(to.start(), call.start(), Math.max(call.end() - 1, call.start()));
    return new TraceArrow(
        to.process(),
        from.row(),
        Math.min(time, to.start()),
        to.row(),
        to.start(),
        from.handedOver() ? "handed over" : "goes on");
  }
}
