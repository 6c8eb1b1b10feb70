package io.syslet.bench.handover;

import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import org.HdrHistogram.Histogram;

/** Sleeps of five milliseconds. */
final class SleepBlocker implements Blocker {
  private static final long NANOS = 5_000_000;

  private final CallBlocker caller;
  private final int calls;
  private final long timespec;

  SleepBlocker(Kernel kernel, CompletionRing ring, int calls) {
    this.caller = new CallBlocker(kernel, ring);
    this.calls = calls;
    timespec = kernel.arena().allocate(2 * Long.BYTES, Long.BYTES).address();
    Memory.putLong(timespec + Long.BYTES, NANOS);
  }

  @Override
  public String name() {
    return "nanosleep, 5 ms";
  }

  @Override
  public int round(Histogram found) {
    int missed = 0;
    for (int i = 0; i < calls; i++) {
      missed += caller.call(found, Nr.NANOSLEEP, timespec, 0, 0, 0) ? 0 : 1;
    }
    return missed;
  }

  @Override
  public void close() {}
}
