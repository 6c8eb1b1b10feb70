package io.syslet.kernel.reactor;

import io.syslet.Registers;
import io.syslet.kernel.LookTable;
import io.syslet.ring.Memory;

/**
 * The host, to whoever makes calls of programs and interrupts them. Each call tells {@link
 * LookTable#waiting} which descriptors are gone. Any thread.
 */
public interface HostDoor {
  /** Makes a system call on the current thread: its value or −errno. */
  long call(long nr, long a0, long a1, long a2, long a3, long a4, long a5);

  /** Makes the call of the registers at an address, on the current thread: its value or −errno. */
  default long call(long registers) {
    return call(
        Memory.getLong(registers),
        Memory.getLong(registers + Registers.argument(0)),
        Memory.getLong(registers + Registers.argument(1)),
        Memory.getLong(registers + Registers.argument(2)),
        Memory.getLong(registers + Registers.argument(3)),
        Memory.getLong(registers + Registers.argument(4)),
        Memory.getLong(registers + Registers.argument(5)));
  }

  /** Sends a signal to a thread that only interrupts the call that it sleeps in. */
  void interrupt(long threadId);
}
