package io.syslet.examples.observe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedThread;
import org.jspecify.annotations.Nullable;

/** The rows of a trace and the slices in them, which lie in each other or beside each other. */
final class TraceRows {
  /** Rows of tasks come behind those of threads. */
  private static final long FIRST_TASK = 10_000_000;

  /**
   * Where a row is.
   *
   * @param process the process.
   * @param row its number there.
   */
  record Place(long process, long row) {}

  private final Map<Place, String> names = new HashMap<>();
  private final Map<Place, List<TraceSlice>> slices = new HashMap<>();
  private final Map<Place, NavigableMap<Long, TraceSlice>> blocked = new HashMap<>();

  /** The row of a thread: its number in the system. */
  long row(long process, RecordedThread thread) {
    long row = thread.getOSThreadId();
    String name = thread.getJavaName() == null ? thread.getOSName() : thread.getJavaName();
    names.putIfAbsent(new Place(process, row), String.valueOf(name));
    return row;
  }

  void add(TraceSlice slice) {
    Place place = new Place(slice.process(), slice.row());
    slices.computeIfAbsent(place, empty -> new ArrayList<>()).add(slice);
    if (slice.category().equals("blocked")) {
      blocked.computeIfAbsent(place, empty -> new TreeMap<>()).put(slice.start(), slice);
    }
  }

  /** What each row is called. */
  Map<Place, String> names() {
    return names;
  }

  /**
   * The call that the worker of a turn was left behind in at its end; null if there is none, or it
   * was not recorded.
   */
  @Nullable TraceSlice leftIn(TraceTurn turn) {
    NavigableMap<Long, TraceSlice> row = blocked.get(new Place(turn.process(), turn.row()));
    if (row == null || !turn.handedOver()) {
      return null;
    }
    Map.Entry<Long, TraceSlice> last = row.floorEntry(turn.end());
    return last == null || last.getKey() < turn.start() ? null : last.getValue();
  }

  /** When a task has left the worker of a turn. */
  long left(TraceTurn turn) {
    TraceSlice call = leftIn(turn);
    return call == null ? turn.end() : call.start();
  }

  /** All slices, with the turns in the rows of workers and in those of tasks. */
  List<TraceSlice> slices(List<TraceTurn> turns) {
    List<TraceSlice> added = new ArrayList<>();
    for (TraceTurn turn : turns) {
      long end = left(turn);
      added.add(
          new TraceSlice(
              turn.process(), turn.row(), turn.start(), end, "turn", turn.name(), Map.of()));
      if (turn.task() != 0) {
        Place task = new Place(turn.process(), FIRST_TASK + turn.task());
        names.put(task, "task " + turn.task());
        String worker = names.getOrDefault(new Place(turn.process(), turn.row()), "?");
        added.add(
            new TraceSlice(
                turn.process(), task.row(), turn.start(), end, "task", "on " + worker, Map.of()));
      }
    }
    added.forEach(this::add);
    List<TraceSlice> all = new ArrayList<>();
    slices.values().forEach(row -> all.addAll(nested(row)));
    return all;
  }

  /** Cuts those that reach beyond the one that they begin in. */
  private static List<TraceSlice> nested(List<TraceSlice> row) {
    List<TraceSlice> sorted = new ArrayList<>(row);
    sorted.sort(
        Comparator.comparingLong(TraceSlice::start)
            .thenComparing(Comparator.comparingLong(TraceSlice::end).reversed()));
    List<TraceSlice> open = new ArrayList<>();
    List<TraceSlice> nested = new ArrayList<>();
    for (TraceSlice slice : sorted) {
      while (!open.isEmpty() && open.getLast().end() <= slice.start()) {
        open.removeLast();
      }
      TraceSlice fits = open.isEmpty() ? slice : slice.until(open.getLast().end());
      open.add(fits);
      nested.add(fits);
    }
    return nested;
  }
}
