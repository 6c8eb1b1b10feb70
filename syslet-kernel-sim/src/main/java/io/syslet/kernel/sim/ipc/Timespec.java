package io.syslet.kernel.sim.ipc;

import io.syslet.Errno;
import io.syslet.kernel.sim.SimMachine;
import io.syslet.kernel.sim.WaitQueue;
import io.syslet.ring.Memory;

/** Times as user memory has them, and as deadlines of the machine's clock. */
final class Timespec {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private Timespec() {}

  /** Nanoseconds of a {@code struct timespec}: 0 or more, at most Long.MAX_VALUE; or −EINVAL. */
  static long read(long address) {
    long seconds = Memory.getLong(address);
    long nanos = Memory.getLong(address + 8);
    if (seconds < 0 || nanos < 0 || nanos >= NANOS_PER_SECOND) {
      return -Errno.EINVAL;
    }
    boolean far = seconds > Long.MAX_VALUE / NANOS_PER_SECOND - 1;
    return far ? Long.MAX_VALUE : seconds * NANOS_PER_SECOND + nanos;
  }

  /** Writes a {@code struct timespec}. */
  static void write(long address, long nanos) {
    Memory.putLong(address, nanos / NANOS_PER_SECOND);
    Memory.putLong(address + 8, nanos % NANOS_PER_SECOND);
  }

  /** When so many nanoseconds from now have passed. */
  static long deadline(SimMachine machine, long nanos) {
    long when = machine.now() + nanos;
    return when < 0 ? WaitQueue.NEVER : when;
  }

  /** When so many milliseconds have passed, of which negative ones are for ever. */
  static long deadlineMillis(SimMachine machine, int millis) {
    return millis < 0 ? WaitQueue.NEVER : deadline(machine, millis * NANOS_PER_MILLI);
  }
}
