package io.syslet.ring;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Rings for tests. */
final class TestRings {
  private TestRings() {}

  /** A ring whose indexes start anywhere. */
  static CompletionRing startingAt(Arena arena, int elements, int index) {
    MemorySegment memory = arena.allocate(CompletionRing.sizeOf(elements), 64);
    memory.set(ValueLayout.JAVA_INT, RingDescriptor.KERNEL_HEAD_OFFSET, index);
    memory.set(ValueLayout.JAVA_INT, RingDescriptor.USER_TAIL_OFFSET, index);
    memory.set(ValueLayout.JAVA_INT, RingDescriptor.ELEMENTS_OFFSET, elements);
    return CompletionRing.wrap(memory);
  }

  static MemorySegment memory(CompletionRing ring) {
    return view(ring.address(), CompletionRing.sizeOf(ring.elements()));
  }

  @SuppressWarnings("restricted")
  private static MemorySegment view(long address, long size) {
    return MemorySegment.ofAddress(address).reinterpret(size);
  }

  /** Reserves and completes; returns the first error. */
  static int put(CompletionRing ring, long status, long callerData) {
    int entry = ring.producer().reserve();
    return entry < 0 ? entry : ring.producer().complete(entry, status, callerData);
  }

  /** A thread that parks in its body without a deadline, and has done so. */
  static Thread parked(boolean virtual, Runnable body) {
    Thread thread = virtual ? Thread.ofVirtual().start(body) : Thread.ofPlatform().start(body);
    while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
      Thread.onSpinWait();
    }
    return thread;
  }
}
