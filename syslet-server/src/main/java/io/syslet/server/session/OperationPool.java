package io.syslet.server.session;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a poller. Made when they are needed, up to a limit, and used again, the last
 * one first, so that the few that a busy poller needs stay in its caches.
 */
final class OperationPool {
  private final Arena arena;
  private final Operation.Discards discards;
  private final @Nullable Operation[] all;
  private final int[] spare;
  private int spares;
  private volatile int made;

  /**
   * @param arena must outlive all host calls of the operations.
   */
  OperationPool(Arena arena, int limit, Operation.Discards discards) {
    this.arena = arena;
    this.discards = discards;
    this.all = new @Nullable Operation[limit];
    this.spare = new int[limit];
  }

  /** An operation that is not in use; null if all are. */
  @Nullable Operation take() {
    if (spares > 0) {
      return all[spare[--spares]];
    }
    return made < all.length ? make() : null;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  private Operation make() {
    long scratch = arena.allocate(Scratch.LENGTH, 64).address();
    Operation operation = new Operation(made, scratch, discards);
    all[made] = operation;
    made++;
    return operation;
  }

  /** The call is over. */
  void give(Operation operation) {
    operation.end();
    spare[spares++] = operation.index;
  }

  /** The operation of a completion. */
  Operation get(long index) {
    Operation operation = all[(int) index];
    if (operation == null) {
      throw new IllegalStateException("no operation " + index);
    }
    return operation;
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
