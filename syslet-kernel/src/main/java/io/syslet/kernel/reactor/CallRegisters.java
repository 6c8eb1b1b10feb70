package io.syslet.kernel.reactor;

import io.syslet.Registers;
import io.syslet.kernel.WaitForm;
import io.syslet.ring.Memory;

/** The registers of a call. For one thread at a time. */
class CallRegisters {
  long nr;
  long a0;
  long a1;
  long a2;
  long a3;
  long a4;
  long a5;

  /** Reads the registers at an address. */
  final void load(long registers) {
    nr = Memory.getLong(registers);
    a0 = Memory.getLong(registers + Registers.argument(0));
    a1 = Memory.getLong(registers + Registers.argument(1));
    a2 = Memory.getLong(registers + Registers.argument(2));
    a3 = Memory.getLong(registers + Registers.argument(3));
    a4 = Memory.getLong(registers + Registers.argument(4));
    a5 = Memory.getLong(registers + Registers.argument(5));
  }

  /** Takes the registers of another. */
  final void load(CallRegisters other) {
    nr = other.nr;
    a0 = other.a0;
    a1 = other.a1;
    a2 = other.a2;
    a3 = other.a3;
    a4 = other.a4;
    a5 = other.a5;
  }

  final WaitForm form() {
    return WaitForm.of(nr);
  }

  /** Makes the call; it blocks if it blocks. */
  final long make(HostDoor door) {
    return door.call(nr, a0, a1, a2, a3, a4, a5);
  }
}
