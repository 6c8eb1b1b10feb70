package io.syslet.kernel;

import io.syslet.ring.Memory;

/**
 * The flags of this JVM ({@code globals.hpp}), where it keeps them: an array of {@code JVMFlag},
 * each with a name and the address of its value. The caller answers for what it writes there: the
 * JVM may have looked at a flag once, as it started, and never look again.
 */
public final class VmFlags {
  private final long first;
  private final long count;
  private final long size;
  private final long name;
  private final long value;

  private VmFlags(VmStructs table) {
    size = table.size("JVMFlag");
    name = table.offset("JVMFlag", "_name");
    value = table.offset("JVMFlag", "_addr");
    long flags = table.staticField("JVMFlag", "flags");
    long number = table.staticField("JVMFlag", "numFlags");
    boolean known = size > 0 && name >= 0 && value >= 0 && flags > 0 && number > 0;
    first = known ? Memory.getLong(flags) : 0;
    count = known ? Memory.getLong(number) : 0;
  }

  /** The flags of this JVM; none, where it does not tell. */
  public static VmFlags open() {
    return new VmFlags(VmStructs.open());
  }

  /** The address of a flag's value, or {@link VmStructs#NOT_FOUND}. */
  public long address(String flag) {
    for (long i = 0; i < count; i++) {
      long at = first + i * size;
      if (VmStructs.is(Memory.getLong(at + name), flag)) {
        return Memory.getLong(at + value);
      }
    }
    return VmStructs.NOT_FOUND;
  }
}
