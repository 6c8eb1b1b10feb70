package io.syslet.kernel.sim.soak;

import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param seed of the run.
 * @param problem what is wrong, the first thing that was noticed; null if all is well.
 * @param calls that were accepted, programs counted as one.
 * @param pending those of them that were handed over.
 * @param virtualNanos how long it took in the machine's time.
 * @param sha256 of the machine's trace.
 */
public record SoakResult(
    long seed,
    @Nullable String problem,
    long calls,
    long pending,
    long virtualNanos,
    String sha256) {
  /** Whether nothing is wrong. */
  public boolean isClean() {
    return problem == null;
  }
}
