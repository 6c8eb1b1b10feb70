package io.syslet.linux;

import io.syslet.kernel.LookTable;
import java.lang.foreign.Arena;

/** The look table of this JVM, for all records of all kernels. */
final class Looks {
  /** Its address. */
  static final long TABLE = LookTable.write(Arena.global());

  private Looks() {}
}
