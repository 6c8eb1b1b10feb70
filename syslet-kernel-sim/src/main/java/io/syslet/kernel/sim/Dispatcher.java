package io.syslet.kernel.sim;

import io.syslet.CallEntry;
import io.syslet.CallSlots;
import io.syslet.CallTable;
import io.syslet.Errno;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Trait;
import io.syslet.ring.Memory;

/** Makes calls: finds them, checks their pointers, charges what they cost. */
final class Dispatcher {
  private static final int NUMBERS = 512;
  private static final byte NOT_PLAIN = Trait.REFUSED | Trait.ANSWERED | Trait.CONDITIONAL;

  private final SimSystem system;
  private final SimCalls calls;
  private final PointerCheck pointers;

  Dispatcher(SimSystem system, SimCalls calls) {
    this.system = system;
    this.calls = calls;
    this.pointers = new PointerCheck(system.machine.memory);
  }

  /**
   * Makes the call whose registers are at an address, in the running thread.
   *
   * @return its value or −errno; −ENOSYS for a number that the machine does not have; −EFAULT for
   *     an address that the program may not use.
   */
  long make(long registers) {
    long nr = Memory.getLong(registers);
    SimCall call = calls.get(nr);
    if (call == null) {
      return -Errno.ENOSYS;
    }
    system.machine.charge(system.costs.of(nr));
    CallEntry entry = CallTable.entry(nr);
    if (entry != null && !pointers.allow(entry, registers)) {
      return -Errno.EFAULT;
    }
    return call.call(
        system.process,
        Memory.getLong(registers + Registers.argument(0)),
        Memory.getLong(registers + Registers.argument(1)),
        Memory.getLong(registers + Registers.argument(2)),
        Memory.getLong(registers + Registers.argument(3)),
        Memory.getLong(registers + Registers.argument(4)),
        Memory.getLong(registers + Registers.argument(5)));
  }

  /** Whether the machine makes a call that is refused elsewhere. */
  boolean makesRefused(long nr) {
    return (CallTable.traits(nr) & Trait.REFUSED) != 0 && calls.get(nr) != null;
  }

  /** Whether the call of a slot may be made without a look, if its ring is the one reserved on. */
  boolean isPlain(long slot, long ring) {
    long nr = Memory.getLong(slot);
    long params = slot + CallSlots.PARAMS;
    return nr >= 0
        && nr < NUMBERS
        && (CallTable.traits(nr) & NOT_PLAIN) == 0
        && Memory.getLong(params + Params.COMPLETION_RING_PTR) == ring
        && (Memory.getLong(params + Params.FRAME_IP)
                | Memory.getLong(params + Params.FRAME_SP)
                | Memory.getLong(params + Params.FILE_FLAGS))
            == 0;
  }

  /** The name of the call of a slot, for the trace. */
  String name(long slot) {
    return CallTable.name(Memory.getLong(slot));
  }
}
