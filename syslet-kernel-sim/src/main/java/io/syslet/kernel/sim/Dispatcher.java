package io.syslet.kernel.sim;

import io.syslet.Errno;
import io.syslet.Registers;
import io.syslet.ring.Memory;
import io.syslet.table.CallEntry;
import io.syslet.table.CallTable;
import io.syslet.table.Trait;

/** Makes calls: finds them, checks their pointers, charges what they cost. */
final class Dispatcher {
  private static final SimCall NO_CALL = (process, a, b, c, d, e, f) -> -Errno.ENOSYS;
  private static final SimCall BAD_ADDRESS = (process, a, b, c, d, e, f) -> -Errno.EFAULT;

  private final MachineCore machine;
  private final SimProcess process;
  private final CostModel costs;
  private final SimCalls calls = new SimCalls();
  private final PointerCheck pointers;

  Dispatcher(MachineCore machine, SimProcess process, CostModel costs, SimInstaller installer) {
    this.machine = machine;
    this.process = process;
    this.costs = costs;
    this.pointers = new PointerCheck(machine.memory);
    FileCalls.register(calls);
    DescriptorCalls.register(calls);
    new ProcessCalls(machine).register(calls);
    new TimeCalls(machine).register(calls);
    installer.install(machine, process, calls);
  }

  /**
   * Gets ready for the call whose registers are at an address: finds it, checks its pointers, and
   * charges what it costs.
   *
   * @return the call to be {@linkplain #make made}, which may be one that only answers −ENOSYS, for
   *     a number that the machine does not have, or −EFAULT, for an address that the program may
   *     not use.
   */
  SimCall prepare(long registers) {
    long nr = Memory.getLong(registers);
    SimCall call = calls.get(nr);
    if (call == null) {
      return NO_CALL;
    }
    machine.charge(costs.of(nr));
    CallEntry entry = CallTable.entry(nr);
    return entry == null || pointers.allow(entry, registers) ? call : BAD_ADDRESS;
  }

  /** Makes a call with the registers at an address: its value or −errno. */
  long make(SimCall call, long registers) {
    return call.call(
        process,
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

  /** The name of the call of a slot, for the trace. */
  String name(long slot) {
    return CallTable.name(Memory.getLong(slot));
  }
}
