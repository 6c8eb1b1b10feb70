package io.syslet.ring;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;

/** Writes anything anywhere into the memory of a served ring; now and then a tail that is sound. */
final class Scribbler {
  private final MemorySegment shared;
  private final Random random;

  Scribbler(MemorySegment shared, long seed) {
    this.shared = shared;
    this.random = new Random(seed);
  }

  void scribble() {
    int head = shared.get(ValueLayout.JAVA_INT, RingDescriptor.KERNEL_HEAD_OFFSET);
    switch (random.nextInt(3)) {
      case 0 -> put(RingDescriptor.USER_TAIL_OFFSET, head - random.nextInt(4));
      case 1 -> {
        put(RingDescriptor.KERNEL_HEAD_OFFSET, random.nextInt());
        put(RingDescriptor.KERNEL_HEAD_OFFSET, head);
      }
      default -> put(4 + 4 * random.nextLong(shared.byteSize() / 4 - 1), random.nextInt());
    }
  }

  private void put(long at, int value) {
    shared.set(ValueLayout.JAVA_INT, at, value);
  }
}
