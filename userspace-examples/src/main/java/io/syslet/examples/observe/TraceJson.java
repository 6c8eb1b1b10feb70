package io.syslet.examples.observe;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A trace in Chrome's format, which Perfetto loads as well: {@code X} a slice, {@code i} a moment,
 * {@code C} a level, {@code s} and {@code f} the ends of an arrow, {@code b} and {@code e} those of
 * what lies in no row, {@code M} a name.
 */
final class TraceJson {
  private static final double MICRO = 1000;

  private final StringBuilder text =
      new StringBuilder("{\"displayTimeUnit\": \"ns\", \"traceEvents\": [");
  private boolean first = true;

  private TraceJson() {}

  static String of(
      List<TraceSlice> slices,
      Map<TraceRows.Place, String> names,
      List<TraceMark> marks,
      List<TraceArrow> arrows,
      List<TraceSlice> waits) {
    TraceJson json = new TraceJson();
    names.forEach(json::name);
    slices.forEach(json::slice);
    marks.forEach(json::mark);
    for (int i = 0; i < arrows.size(); i++) {
      json.arrow(i + 1, arrows.get(i));
    }
    for (int i = 0; i < waits.size(); i++) {
      json.wait(i + 1, waits.get(i));
    }
    return json.text.append("\n]}\n").toString();
  }

  private StringBuilder event(char phase, long process, long row, String name) {
    text.append(first ? "\n" : ",\n");
    first = false;
    text.append("{\"ph\": \"").append(phase).append("\", \"pid\": ").append(process);
    return text.append(", \"tid\": ").append(row).append(", \"name\": ").append(Json.quoted(name));
  }

  private void time(String key, long nanos) {
    text.append(String.format(Locale.ROOT, ", \"%s\": %.3f", key, nanos / MICRO));
  }

  private void name(TraceRows.Place place, String name) {
    event('M', place.process(), place.row(), "thread_name")
        .append(", \"args\": {\"name\": ")
        .append(Json.quoted(name))
        .append("}}");
    event('M', place.process(), place.row(), "thread_sort_index")
        .append(", \"args\": {\"sort_index\": ")
        .append(place.row())
        .append("}}");
  }

  private void slice(TraceSlice slice) {
    event('X', slice.process(), slice.row(), slice.name());
    text.append(", \"cat\": ").append(Json.quoted(slice.category()));
    time("ts", slice.start());
    time("dur", slice.end() - slice.start());
    details(slice.details());
  }

  private void mark(TraceMark mark) {
    boolean isLevel = mark.row() == 0;
    event(isLevel ? 'C' : 'i', mark.process(), mark.row(), mark.name());
    time("ts", mark.time());
    if (isLevel) {
      text.append(", \"args\": {\"value\": ").append(mark.level()).append("}}");
    } else {
      text.append(", \"s\": \"t\"");
      details(mark.details());
    }
  }

  private void arrow(long id, TraceArrow arrow) {
    event('s', arrow.process(), arrow.fromRow(), arrow.name());
    text.append(", \"cat\": \"task\", \"id\": ").append(id);
    time("ts", arrow.fromTime());
    text.append('}');
    event('f', arrow.process(), arrow.toRow(), arrow.name());
    text.append(", \"cat\": \"task\", \"bp\": \"e\", \"id\": ").append(id);
    time("ts", arrow.toTime());
    text.append('}');
  }

  private void wait(long id, TraceSlice wait) {
    waitEnd('b', id, wait, wait.start());
    details(wait.details());
    waitEnd('e', id, wait, wait.end());
    text.append('}');
  }

  private void waitEnd(char phase, long id, TraceSlice wait, long time) {
    event(phase, wait.process(), wait.row(), wait.name());
    text.append(", \"cat\": ").append(Json.quoted(wait.category()));
    text.append(", \"id\": ").append(id);
    time("ts", time);
  }

  private void details(Map<String, String> details) {
    text.append(", \"args\": {");
    String comma = "";
    for (Map.Entry<String, String> each : details.entrySet()) {
      text.append(comma).append(Json.quoted(each.getKey())).append(": ");
      text.append(Json.quoted(each.getValue()));
      comma = ", ";
    }
    text.append("}}");
  }
}
