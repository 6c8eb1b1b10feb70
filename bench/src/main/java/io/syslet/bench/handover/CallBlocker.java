package io.syslet.bench.handover;

import io.syslet.Kernel;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Syslet;
import io.syslet.bench.Pending;
import io.syslet.ring.CompletionRing;
import java.lang.foreign.MemorySegment;
import org.HdrHistogram.Histogram;

/** One call through the entry, and the wait for its completion if it was handed over. */
final class CallBlocker {
  private final Kernel kernel;
  private final Pending pending;
  private final MemorySegment registers;
  private final MemorySegment params;

  CallBlocker(Kernel kernel, CompletionRing ring) {
    this.kernel = kernel;
    pending = new Pending(kernel, ring);
    registers = kernel.arena().allocate(Registers.LENGTH, Long.BYTES);
    params = kernel.arena().allocate(Params.LENGTH, Long.BYTES);
    Params.put(params.address(), ring.address(), 0);
  }

  /** Makes the call: whether it was handed over; then the time until that was known is recorded. */
  boolean call(Histogram found, long nr, long a0, long a1, long a2, long a3) {
    Registers.put(registers.address(), nr, a0, a1, a2, a3, 0, 0);
    long start = System.nanoTime();
    long result = kernel.indirect(registers, params, 0);
    long nanos = System.nanoTime() - start;
    if (result == -Syslet.ESYSLETPENDING) {
      found.recordValue(nanos);
      result = pending.status();
      check(result);
      return true;
    }
    check(result);
    return false;
  }

  private static void check(long result) {
    if (result != 0) {
      throw new IllegalStateException("the call: " + result);
    }
  }
}
