package io.syslet.kernel.sim.fs;

import io.syslet.ring.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Copies between the kernel's arrays and the program's memory, whose addresses were checked. */
final class UserCopy {
  private static final MemorySegment ALL = all();

  private UserCopy() {}

  @SuppressWarnings("restricted")
  private static MemorySegment all() {
    return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  }

  static void out(byte[] from, int at, long address, int count) {
    MemorySegment.copy(from, at, ALL, ValueLayout.JAVA_BYTE, address, count);
  }

  static void in(long address, byte[] to, int at, int count) {
    MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, address, to, at, count);
  }

  static void clear(long address, long count) {
    Memory.clear(address, count);
  }
}
