package io.syslet.server.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server is doing at one moment. The field names, in snake case, are those of {@code
 * /state.json}.
 *
 * @param healthy whether it takes calls.
 * @param status a word or a line about that.
 * @param root what clients see as {@code /}.
 * @param uptimeSeconds since it was ready.
 * @param detector how blocking is seen.
 * @param totals figures of the whole server.
 * @param handOver how long calls that blocked kept their caller: from the submission to
 *     −ESYSLETPENDING, a bucket for each power of two.
 * @param handOverSumNanos the sum of those times.
 * @param sessions each open session.
 * @param sleeping the calls that have slept longest, those first.
 */
public record PageState(
    boolean healthy,
    String status,
    String root,
    long uptimeSeconds,
    String detector,
    Totals totals,
    List<Bucket> handOver,
    long handOverSumNanos,
    List<SessionFigures> sessions,
    List<SleepingCall> sleeping) {
  /** Calls that {@link #sleeping} has at most. */
  public static final int MOST_SLEEPING = 100;

  /**
   * Figures of the whole server, since its start but for those that are a state.
   *
   * @param sessions open now.
   * @param inFlight calls blocked now.
   * @param calls made for clients.
   * @param completedInline of them, ended at once.
   * @param pending of them, answered −ESYSLETPENDING.
   * @param refused by policy or limits.
   * @param missed sleeps that nobody took over.
   * @param falseHandOvers calls handed over that had not slept.
   * @param workers most threads at a time.
   * @param descriptors open for sessions now.
   * @param journalBytes that the journal holds on disk.
   */
  public record Totals(
      long sessions,
      long inFlight,
      long calls,
      long completedInline,
      long pending,
      long refused,
      long missed,
      long falseHandOvers,
      long workers,
      long descriptors,
      long journalBytes) {}

  /**
   * A bar of the histogram.
   *
   * @param upToNanos its upper bound, exclusive.
   * @param calls in it alone.
   */
  public record Bucket(long upToNanos, long calls) {}

  /**
   * One session.
   *
   * @param posted completions so far.
   * @param consumed of them, taken by the client.
   * @param elements the ring's.
   * @param connected whether the client is there now.
   */
  public record SessionFigures(
      long id,
      String peer,
      long inFlight,
      long posted,
      long consumed,
      long elements,
      long calls,
      long pending,
      long refused,
      long descriptors,
      boolean connected) {}

  /**
   * A call that has blocked.
   *
   * @param session number of its session.
   * @param callerData the client's number for it.
   * @param name of the call.
   * @param path that it is about, 256 bytes of it at most; null for none.
   * @param descriptor that it is about, by the client's number; −1 for none.
   * @param millis since it began.
   */
  public record SleepingCall(
      long session,
      long callerData,
      String name,
      @Nullable String path,
      int descriptor,
      long millis) {}
}
