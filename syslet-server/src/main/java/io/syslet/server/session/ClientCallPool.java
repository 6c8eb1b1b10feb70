package io.syslet.server.session;

import io.syslet.Kernel;
import io.syslet.ring.CompletionRing;
import io.syslet.server.policy.Operation;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a poller's clients. Made when they are needed, up to a limit, and used again, the
 * last one first, so that the few that a busy poller needs stay in its caches.
 */
final class ClientCallPool {
  private final Arena arena;
  private final IntConsumer closer;
  private final HostCanceler canceler;
  private final @Nullable ClientCall[] all;
  private final int[] spare;
  private int spares;
  private volatile int made;

  /**
   * @param ring of the poller.
   */
  ClientCallPool(Kernel kernel, CompletionRing ring, int limit, IntConsumer closer) {
    this.arena = kernel.arena();
    this.canceler = new HostCanceler(kernel, ring, this);
    this.closer = closer;
    this.all = new @Nullable ClientCall[limit];
    this.spare = new int[limit];
  }

  /** A call that is not under way; null if all are. */
  @Nullable ClientCall take() {
    if (spares > 0) {
      return all[spare[--spares]];
    }
    return made < all.length ? make() : null;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  private ClientCall make() {
    long scratch = arena.allocate(Operation.SCRATCH_LENGTH, 64).address();
    ClientCall call = new ClientCall(made, scratch, closer, canceler);
    all[made] = call;
    made++;
    return call;
  }

  /** The call is over. */
  void give(ClientCall call) {
    call.end();
    spare[spares++] = call.index();
  }

  /** The call of a completion. */
  ClientCall get(long index) {
    ClientCall call = all[(int) index];
    if (call == null) {
      throw new IllegalStateException("no call " + index);
    }
    return call;
  }

  /** What asks them to end. */
  HostCanceler canceler() {
    return canceler;
  }

  /** How many have been made; those below may be in use. Any thread. */
  int made() {
    return made;
  }

  /** The calls in flight. Any thread. */
  List<CallView> views() {
    List<CallView> views = new ArrayList<>();
    for (int i = 0, n = made; i < n; i++) {
      CallView view = get(i).view();
      if (view != null) {
        views.add(view);
      }
    }
    return views;
  }
}
