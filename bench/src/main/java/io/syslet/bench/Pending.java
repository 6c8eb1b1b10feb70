package io.syslet.bench.entry;

import io.syslet.Kernel;
import io.syslet.ring.CompletionRing;

/**
 * The few calls of a run that were handed over after all, because another program held up the
 * carrier in the middle of a call.
 */
final class Pending {
  private final Kernel kernel;
  private final CompletionRing ring;

  Pending(Kernel kernel, CompletionRing ring) {
    this.kernel = kernel;
    this.ring = ring;
  }

  CompletionRing ring() {
    return ring;
  }

  /** Waits for the one call that is pending: its status. */
  long status() {
    int tail = ring.tail();
    long error = kernel.ringWait(ring, tail);
    if (error != 0) {
      throw new IllegalStateException("the wait failed: " + error);
    }
    long status = ring.statusAt(tail);
    ring.advanceTo(tail + 1);
    return status;
  }
}
