package io.syslet.kernel.sim;

import io.syslet.table.CallTable;
import org.jspecify.annotations.Nullable;

/** The machine's system calls, by the host's numbers. Filled before the machine boots. */
public final class SimCalls {
  private final @Nullable SimCall[] calls = new @Nullable SimCall[CallTable.NUMBERS];

  /**
   * Registers a call, in the place of one with that number that was there.
   *
   * @param nr the host's number ({@link io.syslet.Nr}); below 0, which is a call that the host's
   *     architecture does not have, it does nothing.
   */
  public void put(long nr, SimCall call) {
    if (nr >= 0) {
      calls[(int) nr] = call;
    }
  }

  /** The call with that number, of which the low 32 bits count; null if there is none. */
  public @Nullable SimCall get(long nr) {
    int n = (int) nr;
    return n >= 0 && n < CallTable.NUMBERS ? calls[n] : null;
  }
}
