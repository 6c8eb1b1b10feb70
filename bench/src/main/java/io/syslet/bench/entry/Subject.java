package io.syslet.bench.entry;

/**
 * A way to make a call, many times. The loop is inside, so that each way is compiled on its own and
 * the measurement adds nothing to a call.
 */
@FunctionalInterface
interface Subject {
  /** Makes so many calls, a multiple of {@link EntryRounds#STEP}; returns the sum of results. */
  long run(int calls);
}
