package io.syslet.kernel.reactor;

import io.syslet.Registers;
import io.syslet.kernel.WaitForm;
import io.syslet.ring.Memory;

/** The registers of a call, kept apart from its slot. For one thread at a time. */
public class CallRegisters {
  long nr;
  long a0;
  long a1;
  long a2;
  long a3;
  long a4;
  long a5;

  /** Of call number 0, read(2), of nothing: to be loaded. */
  public CallRegisters() {}

  /** Reads the registers at an address. */
  public final void load(long registers) {
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

  /** Makes the call on the current thread, however long it sleeps: its value or −errno. */
  public final long make(HostDoor door) {
    return door.call(nr, a0, a1, a2, a3, a4, a5);
  }
}
