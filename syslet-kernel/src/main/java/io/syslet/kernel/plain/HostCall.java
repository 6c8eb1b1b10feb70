package io.syslet.kernel.plain;

import io.syslet.Registers;
import io.syslet.kernel.LookTable;
import io.syslet.ring.HostCalls;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** One call of the host's, with its registers. For one thread at a time. */
final class HostCall {
  private final MemorySegment errno = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);
  private long nr;
  private long a0;
  private long a1;
  private long a2;
  private long a3;
  private long a4;
  private long a5;

  /** Reads the registers at an address. */
  void load(long registers) {
    nr = Memory.getLong(registers);
    a0 = Memory.getLong(registers + Registers.argument(0));
    a1 = Memory.getLong(registers + Registers.argument(1));
    a2 = Memory.getLong(registers + Registers.argument(2));
    a3 = Memory.getLong(registers + Registers.argument(3));
    a4 = Memory.getLong(registers + Registers.argument(4));
    a5 = Memory.getLong(registers + Registers.argument(5));
  }

  /** Makes the call whose registers were read, on the current thread: its value or −errno. */
  long make() {
    LookTable.waiting().made(nr, a0, a1);
    return HostCalls.call(errno, nr, a0, a1, a2, a3, a4, a5);
  }
}
