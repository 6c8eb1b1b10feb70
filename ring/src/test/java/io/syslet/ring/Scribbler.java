package io.syslet.ring;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Random;

/** Writes anything anywhere into the memory of a served ring; now and then a tail that is sound. */
final class Scribbler {
  private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

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
      case 1 -> spoilHeadForAMoment(random.nextInt());
      default -> put(4 + 4 * random.nextLong(shared.byteSize() / 4 - 1), random.nextInt());
    }
  }

  /**
   * What the server publishes meanwhile stays: a full ring has no next publication to mend the
   * head, and without it nobody knows a sound tail.
   */
  private void spoilHeadForAMoment(int nonsense) {
    int head = (int) INT.getAndSet(shared, (long) RingDescriptor.KERNEL_HEAD_OFFSET, nonsense);
    INT.compareAndSet(shared, (long) RingDescriptor.KERNEL_HEAD_OFFSET, nonsense, head);
  }

  private void put(long at, int value) {
    shared.set(ValueLayout.JAVA_INT, at, value);
  }
}
