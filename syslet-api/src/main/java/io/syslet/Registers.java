package io.syslet;

import io.syslet.ring.Memory;

/**
 * {@code struct indirect_registers}: the call's number and its six arguments, as the machine passes
 * them.
 *
 * <pre>
 *    0        8        16       24       32       40       48       56
 *   +--------+--------+--------+--------+--------+--------+--------+
 *   | nr     | a0     | a1     | a2     | a3     | a4     | a5     |
 *   | rax/x8 | rdi/x0 | rsi/x1 | rdx/x2 | r10/x3 | r8/x4  | r9/x5  |
 *   +--------+--------+--------+--------+--------+--------+--------+
 * </pre>
 */
public final class Registers {
  /** Size in bytes. */
  public static final int LENGTH = 56;

  /** Where argument {@code i}, 0 to 5, lies. */
  public static long argument(int i) {
    return 8L + 8L * i;
  }

  /** Writes a call at {@code address}, which has room for {@link #LENGTH} bytes. Plain stores. */
  public static void put(
      long address, long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    Memory.putLong(address, nr);
    Memory.putLong(address + 8, a0);
    Memory.putLong(address + 16, a1);
    Memory.putLong(address + 24, a2);
    Memory.putLong(address + 32, a3);
    Memory.putLong(address + 40, a4);
    Memory.putLong(address + 48, a5);
  }

  private Registers() {}
}
