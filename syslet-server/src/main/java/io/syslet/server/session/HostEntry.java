package io.syslet.server.session;

import io.syslet.CallSlots;
import io.syslet.Kernel;
import io.syslet.Syslet;
import io.syslet.ring.CompletionRing;

/** A poller's entry into the server's kernel. The poller's alone. */
final class HostEntry {
  private final CallSlots step;
  private Kernel kernel;

  /**
   * @param ring of the poller: host calls that block complete to it.
   */
  HostEntry(Kernel kernel, CompletionRing ring) {
    this.kernel = kernel;
    this.step = CallSlots.allocate(kernel.arena(), 1, ring);
  }

  /** Enters by the poller's own view of the kernel from now on. */
  void begin(Kernel view) {
    kernel = view;
  }

  /** Makes the first {@code count} calls: how many were accepted, or −errno. */
  int make(CallSlots slots, int count, int flags) {
    return kernel.indirect(slots, 0, count, flags);
  }

  /**
   * Goes on with a call of which a host call has ended, and makes those that it still needs.
   *
   * @return whether the call has ended; if not, a host call blocks again.
   */
  boolean goOn(ClientCall call, long status) {
    long slot = step.slot(0);
    call.goOn(slot, status);
    while (call.takeCall()) {
      int made = make(step, 1, 0);
      long result = made < 0 ? made : step.status(0);
      if (result == -Syslet.ESYSLETPENDING) {
        call.blocked();
        return false;
      }
      call.goOn(slot, result);
    }
    return true;
  }
}
