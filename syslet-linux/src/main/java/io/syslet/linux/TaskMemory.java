package io.syslet.linux;

import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;

/** The kernel memory of tasks: what one has left, the next one gets. Any thread. */
final class TaskMemory {
  private final Arena arena;
  private final ArrayDeque<Long> free = new ArrayDeque<>();

  TaskMemory(Arena arena) {
    this.arena = arena;
  }

  /** Zeroed memory for one task. */
  synchronized long take() {
    Long used = free.poll();
    if (used == null) {
      return arena.allocate(LinuxTask.memoryLength(), 128).address();
    }
    Memory.clear(used, LinuxTask.memoryLength());
    return used;
  }

  synchronized void give(long memory) {
    free.push(memory);
  }
}
