package io.syslet.examples.sim;

import io.syslet.KernelStats;
import io.syslet.examples.WalkResult;

/**
 * What a walk over a simulated tree found, and what it took.
 *
 * @param found its elapsed time is the virtual one.
 * @param stats the kernel's, since boot.
 * @param virtualNanos the walk alone.
 * @param reads requests to the disk.
 * @param seekNanos that its arm moved.
 * @param boundNanos what the disk alone would need for these requests, with as many of them always
 *     queued as the walk may have in flight.
 * @param sha256 of the trace since boot, up to the end of the walk.
 */
public record SimWalk(
    WalkResult found,
    KernelStats stats,
    long virtualNanos,
    long reads,
    long seekNanos,
    long boundNanos,
    String sha256) {
  /** The same with the hash of a trace that goes on. */
  public SimWalk sha256(String other) {
    return new SimWalk(found, stats, virtualNanos, reads, seekNanos, boundNanos, other);
  }
}
