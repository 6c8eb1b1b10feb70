package io.syslet.server.policy;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Registers;
import io.syslet.client.wire.Wire;
import io.syslet.kernel.CallDescriptors;
import io.syslet.ring.Memory;
import io.syslet.table.CallEntry;
import io.syslet.table.CallTable;
import java.util.Objects;

/**
 * The number and the arguments of a client's call, and the client memory that they name. The
 * registers are private already; the memory is not, so what a rule decides upon is copied first.
 */
public abstract class CallArguments {
  private long registers;

  CallArguments() {}

  /** Reads the registers at an address from now on. */
  final void readFrom(long address) {
    registers = address;
  }

  /** Copies the registers to an address, and reads them there from now on. */
  final void copyTo(long address) {
    Memory.copy(registers, address, Registers.LENGTH);
    registers = address;
  }

  /** The call's number. */
  public long nr() {
    return Memory.getInt(registers);
  }

  /** Whether a descriptor of the client is among the arguments. */
  public final boolean names(int fd) {
    return CallDescriptors.name(CallDescriptors.of(registers), fd);
  }

  /** The first descriptor among the arguments, by the client's number; −1 for none. */
  public final int firstDescriptor() {
    return Math.max(CallDescriptors.first(CallDescriptors.of(registers)), -1);
  }

  /** The socket over which the client passes descriptors; −1 if it cannot. */
  protected abstract int passingSocket();

  /** Whether the client is a process of the server's own user. */
  protected abstract boolean isOwnUser();

  final long argument(int i) {
    return Memory.getLong(registers + Registers.argument(i));
  }

  final int intArgument(int i) {
    return (int) argument(i);
  }

  /** Whether the call changes something, so that a journal must know of it before it starts. */
  public final boolean hasEffects() {
    return nr() != Wire.ADOPT
        && nr() != Wire.CANCEL
        && CallTable.hasEffects(
            nr(), argument(0), argument(1), argument(2), argument(3), argument(4), argument(5));
  }

  // ---- client memory; only while the rule starts

  /**
   * The server's address of client memory.
   *
   * @return 0 unless all {@code length} bytes are the client's.
   */
  protected abstract long translate(long address, long length);

  /**
   * Copies a string of the client, with its NUL, to private memory. Bytes are read once.
   *
   * @param limit bytes with the NUL, at most.
   * @return its length without the NUL; −EFAULT, −ENAMETOOLONG.
   */
  protected abstract int copyString(long address, long to, int limit);

  /** The server's address of what pointer argument {@code i} names: 0 for null; −EFAULT. */
  final long memory(int i) {
    CallEntry entry = Objects.requireNonNull(CallTable.entry(nr()));
    return memory(argument(i), entry.length(i, registers));
  }

  /** The server's address of client memory: 0 for null; −EFAULT. */
  final long memory(long address, long length) {
    if (address == 0) {
      return 0;
    }
    long here = translate(address, length);
    return here == 0 ? -Errno.EFAULT : here;
  }

  /** Copies client memory to private memory: 0; −EFAULT, also for null. */
  final int copyIn(long address, long length, long to) {
    long here = memory(address, length);
    if (here <= 0) {
      return -Errno.EFAULT;
    }
    Memory.copy(here, to, length);
    return 0;
  }

  /** Copies a path to private memory: its length; −EFAULT, −ENAMETOOLONG. */
  final int copyPath(long address, long to) {
    return address == 0 ? -Errno.EFAULT : copyString(address, to, CString.PATH_MAX);
  }
}
