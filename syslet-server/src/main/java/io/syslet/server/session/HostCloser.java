package io.syslet.server.session;

import io.syslet.CallSlots;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.ring.CompletionRing;
import java.util.Arrays;

/**
 * Closes the server's descriptors that nobody needs any more, many at a time. A close may block as
 * any call may; nobody waits for it. The poller's alone.
 */
final class HostCloser {
  /** Caller data of a close that blocked. */
  static final long CALLER_DATA = -2;

  private static final int BATCH = 64;

  private final Kernel kernel;
  private final CallSlots slots;
  private final int mostPending;
  private int[] waiting = new int[BATCH];
  private int count;
  private int pending;

  HostCloser(Kernel kernel, CompletionRing ring, int mostPending) {
    this.kernel = kernel;
    this.slots = CallSlots.allocate(kernel.arena(), BATCH, ring);
    this.mostPending = mostPending;
  }

  /** Has a descriptor closed. */
  void add(int host) {
    if (count == waiting.length) {
      waiting = Arrays.copyOf(waiting, 2 * count);
    }
    waiting[count++] = host;
  }

  /** A close that blocked has ended. */
  void ended() {
    pending--;
  }

  /** Closes what waits; while too many closes block, the rest goes on waiting. */
  void closeAll() {
    while (count > 0 && pending < mostPending) {
      closeSome(Math.min(count, BATCH));
    }
  }

  private void closeSome(int most) {
    for (int i = 0; i < most; i++) {
      slots.set(i, CALLER_DATA, Nr.CLOSE, waiting[count - 1 - i], 0, 0, 0, 0, 0);
    }
    int made = kernel.indirect(slots, 0, most, 0);
    if (made <= 0) {
      Sys.close(kernel, waiting[--count]);
      return;
    }
    count -= made;
    if (slots.status(made - 1) == -Syslet.ESYSLETPENDING) {
      pending++;
    }
  }
}
