package io.syslet.server.page;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The figures in Prometheus' text format, version 0.0.4. Sessions are told apart only while they
 * have one of the calls that have slept longest: their number has no bound that a metrics store
 * would like.
 */
final class Prometheus {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MILLIS_PER_SECOND = 1e3;

  private final StringBuilder text = new StringBuilder(2048);

  private Prometheus() {}

  static String text(PageState state) {
    Prometheus out = new Prometheus();
    PageState.Totals t = state.totals();
    out.gauge("up", "1 if calls are taken", state.healthy() ? 1 : 0);
    out.gauge("uptime_seconds", "since the server was ready", state.uptimeSeconds());
    out.gauge("sessions", "open sessions", t.sessions());
    out.gauge("in_flight", "calls blocked now", t.inFlight());
    out.gauge("descriptors", "descriptors open for sessions", t.descriptors());
    out.gauge("workers_max", "most threads that made calls at a time", t.workers());
    out.gauge("journal_bytes", "bytes that the journal holds", t.journalBytes());
    out.gauge("ring_unread", "completions posted and not consumed", unread(state));
    out.counter("calls", "calls made for clients", t.calls());
    out.counter("inline", "calls that ended at once", t.completedInline());
    out.counter("pending", "calls answered -ESYSLETPENDING", t.pending());
    out.counter("refused", "calls refused by policy or limits", t.refused());
    out.counter("missed", "sleeps that nobody took over", t.missed());
    out.counter("false_hand_overs", "calls handed over that had not slept", t.falseHandOvers());
    out.handOver(state);
    out.sleeping(state);
    return out.text.toString();
  }

  private static long unread(PageState state) {
    ToLongFunction<PageState.SessionFigures> one = s -> s.posted() - s.consumed();
    return state.sessions().stream().mapToLong(one).sum();
  }

  private void gauge(String name, String help, long value) {
    metric(name, help, "gauge", value);
  }

  private void counter(String name, String help, long value) {
    metric(name + "_total", help, "counter", value);
  }

  private void metric(String name, String help, String type, long value) {
    header(name, help, type);
    text.append("syslet_").append(name).append(' ').append(value).append('\n');
  }

  private void header(String name, String help, String type) {
    text.append("# HELP syslet_").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE syslet_").append(name).append(' ').append(type).append('\n');
  }

  private void handOver(PageState state) {
    String name = "hand_over_seconds";
    header(name, "from the submission of a call that blocks to -ESYSLETPENDING", "histogram");
    long calls = 0;
    for (PageState.Bucket bucket : state.handOver()) {
      calls += bucket.calls();
      bucket(name, Double.toString(bucket.upToNanos() / NANOS_PER_SECOND), calls);
    }
    bucket(name, "+Inf", calls);
    String sum = Double.toString(state.handOverSumNanos() / NANOS_PER_SECOND);
    text.append("syslet_").append(name).append("_sum ").append(sum).append('\n');
    text.append("syslet_").append(name).append("_count ").append(calls).append('\n');
  }

  private void sleeping(PageState state) {
    Map<String, long[]> longest = new LinkedHashMap<>();
    for (PageState.SleepingCall call : state.sleeping()) {
      String labels = "{session=\"" + call.session() + "\",call=\"" + call.name() + "\"} ";
      long[] figures = longest.computeIfAbsent(labels, key -> new long[] {0, call.millis()});
      figures[0]++;
    }
    header(
        "sleeping", "calls among the " + PageState.MOST_SLEEPING + " that sleep longest", "gauge");
    longest.forEach(
        (labels, figures) ->
            text.append("syslet_sleeping").append(labels).append(figures[0]).append('\n'));
    header("sleeping_seconds", "how long the first of them has slept", "gauge");
    longest.forEach(
        (labels, figures) ->
            text.append("syslet_sleeping_seconds")
                .append(labels)
                .append(figures[1] / MILLIS_PER_SECOND)
                .append('\n'));
  }

  private void bucket(String name, String bound, long calls) {
    text.append("syslet_").append(name).append("_bucket{le=\"").append(bound).append("\"} ");
    text.append(calls).append('\n');
  }
}
