package io.syslet.server.session;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.client.wire.Wire;
import io.syslet.ring.CompletionRing;

/**
 * Asks pending calls of a session to end: their waits go no further, and the host calls that they
 * are in are interrupted, for which the kernel looks through all of its own. So that is done once
 * for each, however often a client asks. Nobody waits for that here. The poller's alone.
 */
final class HostCanceler {
  private final CompletionRing ring;
  private final ClientCallPool pool;
  private Kernel kernel;

  /**
   * @param ring of the poller, to which host calls complete, with the index of the call.
   */
  HostCanceler(Kernel kernel, CompletionRing ring, ClientCallPool pool) {
    this.kernel = kernel;
    this.ring = ring;
    this.pool = pool;
  }

  /** Enters by the poller's own view of the kernel from now on. */
  void begin(Kernel view) {
    kernel = view;
  }

  /** A session is over: what its calls wait for is taken back, and what does something goes on. */
  void forget(Session session) {
    for (int i = 0; i < pool.made(); i++) {
      ClientCall call = pool.get(i);
      if (call.view() != null && call.session() == session && call.onlyWaits()) {
        int _ = kernel.cancel(ring.address(), call.index(), 0);
      }
    }
  }

  /** {@link Wire#CANCEL}: 0; −ENOENT: there is no such call; −EINVAL for another form. */
  int ask(Session session, int form, long value) {
    if (form < Wire.CANCEL_ID || form > Wire.CANCEL_ALL) {
      return -Errno.EINVAL;
    }
    int asked = 0;
    int most = form == Wire.CANCEL_ID ? 1 : Integer.MAX_VALUE;
    for (int i = 0; i < pool.made() && asked < most; i++) {
      ClientCall call = pool.get(i);
      if (call.isMeant(session, form, value)) {
        asked++;
        if (call.ask()) {
          int _ = kernel.cancel(ring.address(), call.index(), 0);
        }
      }
    }
    return asked == 0 ? -Errno.ENOENT : 0;
  }
}
