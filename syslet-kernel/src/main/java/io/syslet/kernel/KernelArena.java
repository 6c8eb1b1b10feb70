package io.syslet.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory that pending calls may use. Programs cannot close it; the kernel does, when the last call
 * in flight has really returned, and otherwise leaks it knowingly.
 */
public final class KernelArena implements Arena {
  private final Arena shared = Arena.ofShared();

  @Override
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    return shared.allocate(byteSize, byteAlignment);
  }

  @Override
  public MemorySegment.Scope scope() {
    return shared.scope();
  }

  /** Refused: the arena ends with its kernel. */
  @Override
  public void close() {
    throw new UnsupportedOperationException("the arena ends with its kernel");
  }

  /** Frees the memory. No call uses it any more. */
  public void free() {
    shared.close();
  }
}
