package io.syslet.bench;

import io.syslet.Kernel;
import io.syslet.ring.CompletionRing;

/**
 * The one call of a task that was handed over, if one was: meant to be, or because another program
 * held up the carrier in the middle of it.
 */
public final class Pending {
  private final Kernel kernel;
  private final CompletionRing ring;

  /** Of calls that complete to a ring, which is used for nothing else meanwhile. */
  public Pending(Kernel kernel, CompletionRing ring) {
    this.kernel = kernel;
    this.ring = ring;
  }

  /** Where the calls complete to. */
  public CompletionRing ring() {
    return ring;
  }

  /** Waits for the one call that is pending: its status. */
  public long status() {
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
