package io.syslet.kernel;

import io.syslet.ring.Memory;
import io.syslet.table.CallTable;
import io.syslet.table.Trait;
import java.lang.foreign.Arena;

/** A byte per call number, for whoever runs a batch: 0 if the call may be made at once. */
public final class LookTable {
  /** How many numbers it has; all others must be looked at. */
  public static final int LENGTH = 512;

  private static final byte NOT_PLAIN = Trait.REFUSED | Trait.ANSWERED | Trait.CONDITIONAL;

  private LookTable() {}

  /** Whether the call with that number may be made at once. */
  public static boolean mayBeMade(long nr) {
    return nr >= 0 && nr < LENGTH && (CallTable.traits(nr) & NOT_PLAIN) == 0;
  }

  /** Writes the table into memory of the arena: its address. */
  public static long write(Arena arena) {
    long table = arena.allocate(LENGTH, 64).address();
    for (int nr = 0; nr < LENGTH; nr++) {
      if (!mayBeMade(nr)) {
        Memory.putByte(table + nr, (byte) 1);
      }
    }
    return table;
  }
}
