package io.syslet.client.local;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The client's memory in an arena file, given out piece by piece: one atomic add each, nothing is
 * taken back before the end. Any thread.
 */
final class Heap implements Arena {
  private final MemorySegment memory;
  private final AtomicLong used = new AtomicLong();

  /** All of {@code memory}, of which nobody else uses anything. */
  Heap(MemorySegment memory) {
    this.memory = memory;
  }

  /**
   * Memory that calls of the session may use; all zero.
   *
   * @throws OutOfMemoryError when the heap has not so much left.
   */
  @Override
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    check(byteSize, byteAlignment);
    for (; ; ) {
      long free = used.get();
      long gap = -(memory.address() + free) & (byteAlignment - 1);
      if (byteSize > memory.byteSize() - free - gap) {
        throw new OutOfMemoryError(
            "the session's arena has "
                + (memory.byteSize() - free)
                + " bytes left, not "
                + byteSize
                + ": ask for a larger one");
      }
      if (used.compareAndSet(free, free + gap + byteSize)) {
        return memory.asSlice(free + gap, byteSize, byteAlignment).fill((byte) 0);
      }
    }
  }

  private static void check(long byteSize, long byteAlignment) {
    if (byteSize < 0 || byteAlignment <= 0 || Long.bitCount(byteAlignment) != 1) {
      throw new IllegalArgumentException(byteSize + " bytes aligned to " + byteAlignment);
    }
  }

  /** Bytes given out so far, with what alignment has cost. */
  long used() {
    return used.get();
  }

  @Override
  public MemorySegment.Scope scope() {
    return memory.scope();
  }

  /** Refused: the memory ends with its link. */
  @Override
  public void close() {
    throw new UnsupportedOperationException("the arena ends with its session");
  }
}
