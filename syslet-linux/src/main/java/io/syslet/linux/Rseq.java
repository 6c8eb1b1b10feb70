package io.syslet.linux;

import io.syslet.Nr;
import io.syslet.ring.HostSymbols;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.Optional;

/**
 * rseq(2): the kernel writes into an area of each thread on which CPU it runs, whenever it returns
 * to user mode on another. The C library registers the area of each thread, at one offset from the
 * thread pointer (glibc 2.35); where it does not, we register one.
 *
 * <pre>
 *   struct rseq: 0 u32 cpu_id_start, 4 u32 cpu_id, ... 32 bytes
 * </pre>
 */
final class Rseq {
  private static final int CPU_ID = 4;
  private static final int LENGTH = 32;
  private static final long SIGNATURE = aarch64() ? 0xd428bc00L : 0x53053053L;
  private static final int UNKNOWN = -1;
  private static final int UNREGISTER = 1;
  private static final long NOT_THERE = Long.MIN_VALUE;

  private static final long OFFSET = offset();

  private Rseq() {}

  /**
   * Finds the address of the 32 bits that say where the current thread runs.
   *
   * @param own address of 32 zeroed bytes, aligned as much, that live as long as the thread; used
   *     where the C library has no area.
   */
  static long cpuOfThisThread(long own) {
    if (OFFSET != NOT_THERE) {
      return Native.threadPointer() + OFFSET + CPU_ID;
    }
    if (Native.syscall(Nr.RSEQ, own, LENGTH, 0, SIGNATURE, 0, 0) < 0) {
      Memory.putInt(own + CPU_ID, UNKNOWN);
    }
    return own + CPU_ID;
  }

  /** Whether the processor of the current thread is told. */
  static boolean isThere() {
    try (Arena arena = Arena.ofShared()) {
      long own = arena.allocate(LENGTH, LENGTH).address();
      long cpu = cpuOfThisThread(own);
      boolean told = Memory.getInt(cpu) >= 0;
      if (OFFSET == NOT_THERE) {
        Native.syscall(Nr.RSEQ, own, LENGTH, UNREGISTER, SIGNATURE, 0, 0);
      }
      return told;
    }
  }

  private static long offset() {
    SymbolLookup libc = HostSymbols.libc();
    Optional<MemorySegment> size = libc.find("__rseq_size");
    Optional<MemorySegment> offset = libc.find("__rseq_offset");
    if (size.isEmpty() || offset.isEmpty() || int32(size.get()) == 0) {
      return NOT_THERE;
    }
    return Memory.getLong(offset.get().address());
  }

  private static int int32(MemorySegment symbol) {
    return Memory.getInt(symbol.address());
  }

  private static boolean aarch64() {
    return System.getProperty("os.arch", "").equals("aarch64");
  }
}
