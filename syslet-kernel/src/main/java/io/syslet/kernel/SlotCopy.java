package io.syslet.kernel;

import io.syslet.CallSlots;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.ring.Memory;
import java.lang.foreign.MemorySegment;

/** The call of the entry's single form, copied to a slot of the task's own. */
final class SlotCopy {
  private SlotCopy() {}

  /** Whether so many bytes of a segment can be read by address. */
  static boolean canRead(MemorySegment segment, long length) {
    return segment.isNative() && segment.byteSize() >= length && segment.scope().isAlive();
  }

  /**
   * Copies a call to a slot.
   *
   * @param length bytes of the params, {@link Params#TIMED_LENGTH} at most; zero-extended.
   */
  static void in(long slot, long registers, long params, long length) {
    for (int i = 0; i < Registers.LENGTH; i += 8) {
      Memory.putLong(slot + i, Memory.getLong(registers + i));
    }
    boolean timed = length == Params.TIMED_LENGTH;
    long deadline = timed ? Memory.getLong(params + Params.DEADLINE) : 0;
    Memory.putLong(slot + CallSlots.DEADLINE, deadline);
    long to = slot + CallSlots.PARAMS;
    if (length < Params.LENGTH) {
      Memory.clear(to, Params.LENGTH);
      Memory.copy(params, to, length);
      return;
    }
    for (int i = 0; i < Params.LENGTH; i += 8) {
      Memory.putLong(to + i, Memory.getLong(params + i));
    }
  }
}
