package io.syslet;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The calls of {@link Calls} by number, and those of them that nobody uses. Grows, never shrinks.
 */
final class CallPool {
  private final Calls owner;
  private final Arena arena;
  private Call[] all = {};
  private Call[] spare = {};
  private int spares;

  CallPool(Calls owner, Arena arena, int calls) {
    this.owner = owner;
    this.arena = arena;
    grow(calls);
  }

  /** The call that {@link #take} takes next. */
  Call peek() {
    if (spares == 0) {
      grow(all.length);
    }
    return spare[spares - 1];
  }

  Call take() {
    Call call = peek();
    spares--;
    return call;
  }

  void give(Call call) {
    spare[spares++] = call;
  }

  /** Does something with each call that has blocked and not ended. */
  void eachInFlight(Consumer<Call> action) {
    for (Call call : all) {
      if (call.inFlight) {
        action.accept(call);
      }
    }
  }

  Call get(int number) {
    return all[number];
  }

  private void grow(int more) {
    int first = all.length;
    long room = arena.allocate((long) CallMemory.ROOM * more, CallMemory.ROOM).address();
    all = Arrays.copyOf(all, first + more);
    spare = Arrays.copyOf(spare, first + more);
    for (int i = 0; i < more; i++) {
      CallMemory memory = new CallMemory(arena, room + (long) CallMemory.ROOM * i);
      all[first + i] = new Call(owner, first + i, memory);
      spare[spares++] = all[first + i];
    }
  }
}
