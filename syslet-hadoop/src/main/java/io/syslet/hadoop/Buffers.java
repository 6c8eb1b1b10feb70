package io.syslet.hadoop;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Buffers of one size, used again and again: memory that calls use stays as long as its kernel. Who
 * finds none gets one that is given back. For one task.
 */
final class Buffers {
  private static final int ALIGNMENT = 64;

  private final ArrayDeque<MemorySegment> free = new ArrayDeque<>();
  private final ArrayDeque<Consumer<MemorySegment>> waiting = new ArrayDeque<>();
  private final Arena arena;
  private final int bytes;
  private int unmade;
  private boolean giving;

  /**
   * @param bytes of each.
   * @param most of them at a time.
   */
  Buffers(Arena arena, int bytes, int most) {
    this.arena = arena;
    this.bytes = bytes;
    this.unmade = most;
  }

  /** Lends one, now or when there is one. */
  void lend(Consumer<MemorySegment> user) {
    if (!free.isEmpty()) {
      user.accept(free.pop());
    } else if (unmade > 0) {
      unmade--;
      user.accept(arena.allocate(bytes, ALIGNMENT));
    } else {
      waiting.addLast(user);
    }
  }

  /** Takes one back. */
  void giveBack(MemorySegment buffer) {
    free.push(buffer);
    if (!giving) {
      giving = true;
      try {
        give();
      } finally {
        giving = false;
      }
    }
  }

  /** However many give theirs back at once, the stack stays as it is. */
  private void give() {
    while (!free.isEmpty() && !waiting.isEmpty()) {
      waiting.pop().accept(free.pop());
    }
  }
}
