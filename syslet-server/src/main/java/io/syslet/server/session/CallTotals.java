package io.syslet.server.session;

/**
 * How many calls there were.
 *
 * @param calls accepted.
 * @param inline of them, answered at once.
 * @param pending of them, that blocked.
 * @param refused slots that policy or limits refused.
 */
public record CallTotals(long calls, long inline, long pending, long refused) {
  static final CallTotals NONE = new CallTotals(0, 0, 0, 0);

  CallTotals and(SessionView session) {
    return new CallTotals(
        calls + session.calls(),
        inline + session.inline(),
        pending + session.pending(),
        refused + session.refused());
  }
}
