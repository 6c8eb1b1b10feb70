package io.syslet.ring;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A ring of this process alone: its memory cannot go, and its producers do not die. */
final class LocalRing extends CompletionRing {
  private static final int ALIGNMENT = 128;

  private LocalRing(MemorySegment memory, RingMemory words) {
    super(memory, words, 0);
  }

  static LocalRing make(Arena arena, int elements, int waitGroup) {
    MemorySegment memory = arena.allocate(RingFormat.sizeOf(elements), ALIGNMENT);
    RingFormat.writeHeader(memory.address(), elements, waitGroup);
    return adopt(memory);
  }

  static LocalRing adopt(MemorySegment memory) {
    int error = RingFormat.check(memory);
    if (error != 0) {
      throw new IllegalArgumentException("not a ring: " + error);
    }
    RingMemory words = RingMemory.of(memory.address(), RingFormat.elements(memory.address()));
    if (RingFormat.isBlank(words.gate)) {
      RingFormat.writeExtension(words);
    }
    return new LocalRing(memory, words);
  }

  @Override
  int edge(int result) {
    return result;
  }

  @Override
  int fault(InternalError error) {
    throw error;
  }

  @Override
  boolean isTorn() {
    return false;
  }

  @Override
  boolean hasTakenBack() {
    return false;
  }

  @Override
  void wakeOthers() {}

  @Override
  void beginWait() {}

  @Override
  void watch() {}

  @Override
  void endWait() {}

  @Override
  void relayTo(@Nullable EventFd to) {}

  @Override
  public int recover() {
    return 0;
  }
}
