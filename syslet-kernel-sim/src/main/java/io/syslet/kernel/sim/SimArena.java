package io.syslet.kernel.sim;

import io.syslet.kernel.KernelArena;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The kernel's arena: what is allocated from it becomes memory that programs may use. */
final class SimArena implements Arena {
  private final KernelArena arena = new KernelArena();
  private final MappedRanges memory;

  SimArena(MappedRanges memory) {
    this.memory = memory;
  }

  @Override
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    MemorySegment segment = arena.allocate(byteSize, byteAlignment);
    memory.map(segment.address(), byteSize);
    return segment;
  }

  @Override
  public MemorySegment.Scope scope() {
    return arena.scope();
  }

  /** Refused: the arena ends with its kernel. */
  @Override
  public void close() {
    arena.close();
  }

  void free() {
    arena.free();
  }
}
