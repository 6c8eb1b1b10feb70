package io.syslet.examples.observe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** What blocked so far, by call and path. Any thread. */
public final class BlockTable {
  private static final int MOST = 10_000;

  /** Sleeps that are in other rows already. */
  private static final String STACK = "(stack)";

  private record Key(String call, String path) {}

  private final int depth;
  private final Map<Key, BlockRow> rows = new HashMap<>();

  /** With paths put together by so many of their first folders; by 0, paths do not count. */
  public BlockTable(int depth) {
    this.depth = depth;
  }

  /** Counts an event. */
  public synchronized void add(RecordedEvent event) {
    switch (event.getEventType().getName()) {
      case "syslet.CallBlocked", "syslet.Waited" ->
          call(event).blocked(event.getDuration().toNanos());
      case "syslet.HandedOver" -> call(event).handedOver(event.getDuration("waited").toNanos());
      case "syslet.Missed" -> call(event).missed(event.getLong("sleeps"));
      case "syslet.Call" -> call(event).held(event.getDuration().toNanos());
      case "syslet.Slept" ->
          row("(asleep)", kind(event.getString("name")))
              .blocked(event.getDuration("slept").toNanos());
      case "syslet.Blocked" ->
          row(STACK, frame(event.getString("frames"))).blocked(event.getDuration("held").toNanos());
      default -> {}
    }
  }

  private BlockRow call(RecordedEvent event) {
    String call = event.getString("call");
    String path = event.getString("path");
    return row(call == null ? "(unknown)" : call, call == null ? null : place(path));
  }

  private BlockRow row(String call, @Nullable String path) {
    Key key = new Key(call, path == null ? "" : path);
    if (rows.size() >= MOST && !rows.containsKey(key)) {
      key = new Key(call, "(others)");
    }
    return rows.computeIfAbsent(key, each -> new BlockRow(each.call, each.path));
  }

  /** The first folders of a path; of what is none, such as a pipe, what kind of thing it is. */
  private @Nullable String place(@Nullable String path) {
    if (depth == 0 || path == null) {
      return null;
    }
    if (!path.startsWith("/")) {
      int colon = path.indexOf(":[");
      return colon < 0 ? path : path.substring(0, colon);
    }
    int end = 0;
    for (int i = 0; i < depth && end >= 0; i++) {
      end = path.indexOf('/', end + 1);
    }
    return end < 0 ? path : path.substring(0, end);
  }

  /** What a thread is called, without its number. */
  private static String kind(@Nullable String thread) {
    return thread == null || thread.startsWith("#")
        ? "virtual threads"
        : thread.replaceFirst("\\d+$", "*");
  }

  /** Where a stack left the JDK. */
  private static @Nullable String frame(@Nullable String frames) {
    if (frames == null) {
      return null;
    }
    List<String> all = frames.lines().toList();
    return all.stream()
        .filter(line -> !line.startsWith("java.") && !line.startsWith("jdk."))
        .findFirst()
        .orElse(all.isEmpty() ? null : all.getFirst());
  }

  /** The rows that took most time, that first. */
  public synchronized List<String> lines(int most, int width) {
    List<BlockRow> sorted = new ArrayList<>(rows.values());
    sorted.sort(Comparator.comparingLong(BlockRow::weight).reversed());
    return sorted.stream().limit(most).map(row -> row.text(width)).toList();
  }

  /** What the columns are called. */
  public static String header() {
    return BlockRow.header();
  }

  /** One line about all. */
  public synchronized String sum() {
    long blocked =
        rows.entrySet().stream()
            .filter(row -> !row.getKey().call.equals(STACK))
            .mapToLong(row -> row.getValue().count())
            .sum();
    long missed = rows.values().stream().mapToLong(BlockRow::missed).sum();
    return "%d blocked, %d hand-overs missed".formatted(blocked, missed);
  }

  /** One object a row, a line each, that which took most time first. */
  public synchronized String json() {
    List<BlockRow> sorted = new ArrayList<>(rows.values());
    sorted.sort(Comparator.comparingLong(BlockRow::weight).reversed());
    return sorted.stream().map(BlockRow::json).collect(Collectors.joining());
  }
}
