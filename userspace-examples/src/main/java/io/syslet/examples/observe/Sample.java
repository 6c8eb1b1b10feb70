package io.syslet.examples.observe;

import io.syslet.KernelStats;
import io.syslet.linux.SchedulerStats;
import io.syslet.linux.SchedulerView;

/**
 * What a kernel or scheduler has counted by a moment.
 *
 * @param name what it is called.
 * @param isKernel whether calls are made on it; otherwise those are all zero.
 * @param ageMillis milliseconds since it was made.
 * @param calls what was counted of its calls.
 * @param threads what was counted of its threads.
 * @param running processors that are in use.
 * @param spares workers that stand by.
 */
public record Sample(
    String name,
    boolean isKernel,
    long ageMillis,
    KernelStats calls,
    SchedulerStats threads,
    int running,
    int spares) {
  /** As it is now. */
  public static Sample of(SchedulerView view) {
    return new Sample(
        view.name(),
        view.isKernel(),
        System.currentTimeMillis() - view.openedAt(),
        view.calls(),
        view.threads(),
        view.running(),
        view.spares());
  }

  /** One object, one line: totals, not rates. */
  public String json(long pid) {
    StringBuilder json = new StringBuilder("{");
    field(json, "pid", pid);
    json.append("\"name\": ").append(Json.quoted(name)).append(", ");
    json.append("\"kernel\": ").append(isKernel).append(", ");
    field(json, "age_ms", ageMillis);
    field(json, "calls", calls.calls());
    field(json, "completed_inline", calls.completedInline());
    field(json, "pending", calls.pending());
    field(json, "without_worker", calls.withoutWorker());
    field(json, "in_flight", calls.inFlight());
    field(json, "max_in_flight", calls.maxInFlight());
    field(json, "missed", calls.missed());
    field(json, "pinned", calls.pinned());
    field(json, "no_spare", calls.noSpare());
    field(json, "false_hand_overs", calls.falseHandOvers());
    field(json, "foreign", calls.foreign());
    field(json, "processors", threads.processors());
    field(json, "running", running);
    field(json, "mounted", threads.mounted());
    field(json, "blocked", threads.blocked());
    field(json, "queued", threads.queued());
    field(json, "spares", spares);
    field(json, "workers", threads.workers());
    field(json, "most_workers", threads.mostWorkers());
    field(json, "replacements", threads.replacements());
    field(json, "starved", threads.starved());
    return json.append("\"detector\": \"").append(calls.detector()).append("\"}\n").toString();
  }

  private static void field(StringBuilder json, String key, long value) {
    json.append('"').append(key).append("\": ").append(value).append(", ");
  }
}
