package io.syslet.server.session;

/** Counts what became of a session's calls and batches. The poller adds; any thread reads. */
final class CallFigures {
  private final Count accepted = new Count();
  private final Count inline = new Count();
  private final Count pending = new Count();
  private final Count refused = new Count();
  private final Count batches = new Count();
  private final Count bells = new Count();

  /** Counts a batch that was submitted. */
  void batch() {
    batches.add(1);
  }

  /** Counts a ring of the client. */
  void bell() {
    bells.add(1);
  }

  /** Counts the accepted calls of a batch, whose last one may have blocked. */
  void accepted(int calls, boolean blocked) {
    accepted.add(calls);
    inline.add(blocked ? calls - 1 : calls);
  }

  /** Counts a call that went on after its batch. */
  void pending() {
    pending.add(1);
  }

  /** Counts a call that blocked, for which its batch waited. */
  void inline() {
    inline.add(1);
  }

  /** Counts a slot that policy or limits refused. */
  void refused() {
    refused.add(1);
  }

  /** Says how many calls there were. */
  CallTotals totals() {
    return new CallTotals(accepted.get(), inline.get(), pending.get(), refused.get());
  }

  long batches() {
    return batches.get();
  }

  long bells() {
    return bells.get();
  }
}
