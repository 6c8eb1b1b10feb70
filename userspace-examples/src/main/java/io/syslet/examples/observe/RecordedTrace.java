package io.syslet.examples.observe;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * What flight recordings tell of us, as slices in rows: one row a thread, and one a task, with the
 * way of a task from worker to worker.
 */
public final class RecordedTrace {
  private final TraceRows rows = new TraceRows();
  private final List<TraceMark> marks = new ArrayList<>();
  private final List<TraceTurn> turns = new ArrayList<>();
  private final List<TraceSlice> waits = new ArrayList<>();
  private final Map<Long, List<RecordedEvent>> recorded = new TreeMap<>();
  private Instant origin = Instant.MAX;

  /**
   * Adds what a recording has.
   *
   * @throws IOException if the file cannot be read.
   */
  public void add(Path recording) throws IOException {
    List<RecordedEvent> ours = new ArrayList<>();
    long process = 1;
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        String name = event.getEventType().getName();
        if (name.startsWith("syslet.")) {
          ours.add(event);
          origin = event.getStartTime().isBefore(origin) ? event.getStartTime() : origin;
        } else if (name.equals("jdk.JVMInformation")) {
          process = event.getLong("pid");
        }
      }
    }
    recorded.computeIfAbsent(process, empty -> new ArrayList<>()).addAll(ours);
  }

  /** How many events there are. */
  public long events() {
    return recorded.values().stream().mapToLong(List::size).sum();
  }

  /** As Perfetto and Chrome load it. Once. */
  public String json() {
    recorded.forEach((process, events) -> events.forEach(event -> add(process, event)));
    List<TraceArrow> arrows = TraceArrow.of(turns, rows);
    List<TraceSlice> slices = rows.slices(turns);
    return TraceJson.of(slices, rows.names(), marks, arrows, waits);
  }

  private void add(long process, RecordedEvent event) {
    RecordedThread thread = event.getThread();
    if (thread == null) {
      return;
    }
    long row = rows.row(process, thread);
    long start = since(event.getStartTime());
    long end = since(event.getEndTime());
    switch (event.getEventType().getName()) {
      case "syslet.Turn" ->
          turns.add(
              new TraceTurn(
                  process,
                  row,
                  event.getLong("task"),
                  String.valueOf(event.getString("name")),
                  start,
                  end,
                  event.getBoolean("handedOver")));
      case "syslet.Call", "syslet.CallBlocked" -> {
        boolean blocked = event.getEventType().getName().endsWith("Blocked");
        String kind = blocked ? "blocked" : "call";
        String name = event.getString("call") + (blocked ? " (blocked)" : "");
        rows.add(new TraceSlice(process, row, start, end, kind, name, details(event)));
      }
      case "syslet.Waited" -> {
        String name = event.getString("call") + " (waits)";
        waits.add(new TraceSlice(process, row, start, end, "waits", name, details(event)));
      }
      case "syslet.Slept" -> {
        long began = Math.max(end - event.getDuration("slept").toNanos(), 0);
        rows.add(new TraceSlice(process, row, began, end, "slept", "asleep", details(event)));
      }
      case "syslet.HandedOver", "syslet.Completed" -> {
        marks.add(TraceMark.level(process, start, "calls in flight", event.getLong("inFlight")));
        if (event.hasField("unread")) {
          marks.add(TraceMark.level(process, start, "unread completions", event.getLong("unread")));
        }
      }
      case "syslet.Missed" -> marks.add(TraceMark.instant(process, row, start, details(event)));
      default -> {}
    }
  }

  private long since(Instant time) {
    return origin.until(time, ChronoUnit.NANOS);
  }

  private static Map<String, String> details(RecordedEvent event) {
    Map<String, String> details = new LinkedHashMap<>();
    for (String field : List.of("task", "call", "path", "status", "sleeps", "name")) {
      Object value = event.hasField(field) ? event.getValue(field) : null;
      if (value != null) {
        details.put(field, value.toString());
      }
    }
    return details;
  }
}
