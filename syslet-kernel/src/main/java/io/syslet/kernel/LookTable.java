package io.syslet.kernel;

import io.syslet.ring.Memory;
import io.syslet.table.CallTable;
import java.lang.foreign.Arena;

/**
 * A byte per call number, for whoever runs a batch: 0 if it {@linkplain CallTable#isPlain is
 * plain}.
 */
public final class LookTable {
  private LookTable() {}

  /** Writes the table into memory of the arena: its address. */
  public static long write(Arena arena) {
    long table = arena.allocate(CallTable.NUMBERS, 64).address();
    for (int nr = 0; nr < CallTable.NUMBERS; nr++) {
      if (!CallTable.isPlain(nr)) {
        Memory.putByte(table + nr, (byte) 1);
      }
    }
    return table;
  }
}
