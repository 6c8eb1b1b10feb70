package io.syslet.bench.service;

import io.syslet.CString;
import io.syslet.CallSlots;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.ring.CompletionRing;
import org.HdrHistogram.Histogram;

/** Calls of one thread that do not block: {@link Kernel#indirect} of the same slots each time. */
final class Calls {
  private static final int STATX_LENGTH = 256;

  private final Kernel kernel;
  private final CallSlots slots;
  private final int count;
  private final CompletionRing ring;

  private Calls(Kernel kernel, int count) {
    this.kernel = kernel;
    this.count = count;
    ring = CompletionRing.allocate(kernel.arena(), 2 * count, 0);
    slots = CallSlots.allocate(kernel.arena(), count, ring);
  }

  /** Asks who the server runs as: a call that does nothing, made by the host. */
  static Calls getuid(Kernel kernel) {
    Calls calls = new Calls(kernel, 1);
    calls.slots.set(0, 0, Nr.GETUID, 0, 0, 0, 0, 0, 0);
    return calls;
  }

  /** Looks at a file of the root, {@code count} times in a batch. */
  static Calls statx(Kernel kernel, String name, int count) {
    Calls calls = new Calls(kernel, count);
    long path = CString.allocate(kernel.arena(), name);
    for (int i = 0; i < count; i++) {
      long to = kernel.arena().allocate(STATX_LENGTH, Long.BYTES).address();
      calls.slots.set(i, i, Nr.STATX, Sys.AT_FDCWD, path, 0, Stat.STATX_SIZE, to, 0);
    }
    return calls;
  }

  int count() {
    return count;
  }

  /** Makes them once, all of them, also if one of them blocks. */
  void make() {
    int from = 0;
    while (from < count) {
      int accepted = kernel.indirect(slots, from, count - from, 0);
      if (accepted <= 0) {
        throw new IllegalStateException("refused: " + accepted);
      }
      from += accepted;
      long status = slots.status(from - 1);
      if (status == -Syslet.ESYSLETPENDING) {
        status = completion();
      }
      if (status < 0) {
        throw new IllegalStateException("failed: " + status);
      }
    }
  }

  private long completion() {
    long[] found = {-1};
    while (ring.drain((status, callerData) -> found[0] = status, 1) == 0) {
      var _ = kernel.ringWait(ring, ring.tail());
    }
    return found[0];
  }

  /** Makes them again and again, for so long. */
  Histogram time(long nanos) {
    Histogram found = new Histogram(3);
    long end = System.nanoTime() + nanos;
    for (long now = System.nanoTime(); now - end < 0; ) {
      make();
      long after = System.nanoTime();
      found.recordValue(after - now);
      now = after;
    }
    return found;
  }
}
