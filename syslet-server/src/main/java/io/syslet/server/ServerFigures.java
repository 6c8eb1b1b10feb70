package io.syslet.server;

import io.syslet.KernelStats;
import io.syslet.linux.LinuxKernel;
import io.syslet.server.journal.Journal;
import io.syslet.server.page.PageState;
import io.syslet.server.page.PageState.Bucket;
import io.syslet.server.page.PageState.SessionFigures;
import io.syslet.server.page.PageState.SleepingCall;
import io.syslet.server.page.PageState.Totals;
import io.syslet.server.session.CallTotals;
import io.syslet.server.session.CallView;
import io.syslet.server.session.SessionView;
import io.syslet.server.session.Sessions;
import io.syslet.table.CallTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the page shows. */
final class ServerFigures {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final long start = System.nanoTime();
  private final LinuxKernel kernel;
  private final Sessions sessions;
  private final @Nullable Journal journal;

  ServerFigures(LinuxKernel kernel, Sessions sessions, @Nullable Journal journal) {
    this.kernel = kernel;
    this.sessions = sessions;
    this.journal = journal;
  }

  /** The figures of this moment. Any thread. */
  PageState state() {
    KernelStats stats = kernel.stats();
    List<SessionFigures> views = new ArrayList<>();
    sessions.views().forEach(view -> views.add(figures(view)));
    String trouble = trouble();
    return new PageState(
        trouble == null,
        trouble == null ? "ok" : trouble,
        sessions.rootPath(),
        (System.nanoTime() - start) / NANOS_PER_SECOND,
        stats.detector(),
        totals(stats, views),
        buckets(),
        sessions.handOverNanos(),
        views,
        sleeping());
  }

  private @Nullable String trouble() {
    String lost = sessions.trouble();
    return lost != null || journal == null ? lost : journal.trouble();
  }

  private Totals totals(KernelStats stats, List<SessionFigures> views) {
    CallTotals calls = sessions.totals();
    long descriptors = views.stream().mapToLong(SessionFigures::descriptors).sum();
    return new Totals(
        views.size(),
        sessions.inFlight(),
        calls.calls(),
        calls.inline(),
        calls.pending(),
        calls.refused(),
        stats.missed(),
        stats.falseHandOvers(),
        stats.workers(),
        descriptors,
        journal == null ? 0 : journal.stats().fileBytes());
  }

  private List<Bucket> buckets() {
    List<Bucket> buckets = new ArrayList<>();
    long[] counts = sessions.handOvers();
    for (int i = 0; i < counts.length && i < Long.SIZE - 1; i++) {
      buckets.add(new Bucket(1L << i, counts[i]));
    }
    return buckets;
  }

  private List<SleepingCall> sleeping() {
    long now = System.nanoTime();
    return sessions.calls().stream()
        .sorted(Comparator.comparingLong(call -> call.since() - now))
        .limit(PageState.MOST_SLEEPING)
        .map(call -> sleeping(call, now))
        .toList();
  }

  private static SleepingCall sleeping(CallView call, long now) {
    return new SleepingCall(
        call.session(),
        call.callerData(),
        CallTable.name(call.nr()),
        call.path(),
        call.descriptor(),
        Math.max(now - call.since(), 0) / NANOS_PER_MILLI);
  }

  private static SessionFigures figures(SessionView view) {
    String name = view.peer().name();
    return new SessionFigures(
        view.id(),
        name.isEmpty() ? "uid " + view.peer().uid() + ", pid " + view.peer().pid() : name,
        view.inFlight(),
        view.posted(),
        view.consumed(),
        view.capacity(),
        view.calls(),
        view.pending(),
        view.refused(),
        view.descriptors(),
        view.isConnected());
  }
}
