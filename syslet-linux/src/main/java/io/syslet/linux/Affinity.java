package io.syslet.linux;

import io.syslet.Nr;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** sched_setaffinity(2) of the calling thread, the CPUs it may use, and whether both may be set. */
final class Affinity {
  private static final int MASK_LENGTH = 1024;
  private static final int SCHED_OTHER = 0;
  private static final String PRESENT = "/sys/devices/system/cpu/present";

  private Affinity() {}

  /**
   * The numbers of the processors that this process may run on, ascending. Where a filter refuses
   * to say: the first ones, as many as the JVM counts; a thread that cannot be bound to one of them
   * runs where it likes.
   */
  static int[] allowed() {
    int[] asked = asked();
    if (asked.length > 0) {
      return asked;
    }
    int[] first = new int[Runtime.getRuntime().availableProcessors()];
    java.util.Arrays.setAll(first, i -> i);
    return first;
  }

  /**
   * How many processors the machine has, also those that this process may not run on now: what the
   * highest number says. Where that cannot be read, how many it may.
   */
  static int present() {
    try (Arena arena = Arena.ofConfined()) {
      String text = new ProcFile(arena, PRESENT).read().strip();
      int last = Math.max(text.lastIndexOf('-'), text.lastIndexOf(',')) + 1;
      return text.isEmpty() ? allowed().length : Integer.parseInt(text.substring(last)) + 1;
    }
  }

  private static int[] asked() {
    try (Arena arena = Arena.ofConfined()) {
      long mask = arena.allocate(MASK_LENGTH, 8).address();
      long length = Native.syscall(Nr.SCHED_GETAFFINITY, 0, MASK_LENGTH, mask, 0, 0, 0);
      int[] cpus = new int[(int) Math.max(length, 0) * 8];
      int n = 0;
      for (int cpu = 0; cpu < cpus.length; cpu++) {
        if ((Memory.getByte(mask + (cpu >> 3)) >> (cpu & 7) & 1) != 0) {
          cpus[n++] = cpu;
        }
      }
      return java.util.Arrays.copyOf(cpus, n);
    }
  }

  /** Binds the calling thread to a processor: 0, or −errno where that is not allowed. */
  static long pin(int cpu) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = arena.allocate(MASK_LENGTH, 8);
      long address = mask.address();
      Memory.putByte(address + (cpu >> 3), (byte) (1 << (cpu & 7)));
      return Native.syscall(Nr.SCHED_SETAFFINITY, 0, MASK_LENGTH, address, 0, 0, 0);
    }
  }

  /** Whether threads may be bound here: binds the current one to where it is bound already. */
  static boolean isAllowed() {
    try (Arena arena = Arena.ofConfined()) {
      long mask = arena.allocate(MASK_LENGTH, 8).address();
      long length = Native.syscall(Nr.SCHED_GETAFFINITY, 0, MASK_LENGTH, mask, 0, 0, 0);
      return length > 0 && Native.syscall(Nr.SCHED_SETAFFINITY, 0, length, mask, 0, 0, 0) == 0;
    }
  }

  /** Whether priorities may be set here: gives the current thread the one that it has. */
  static boolean isPriorityAllowed() {
    try (Arena arena = Arena.ofConfined()) {
      long param = arena.allocate(8, 8).address();
      long policy = Native.syscall(Nr.SCHED_GETSCHEDULER, 0, 0, 0, 0, 0, 0);
      return policy != SCHED_OTHER
          || Native.syscall(Nr.SCHED_SETSCHEDULER, 0, policy, param, 0, 0, 0) == 0;
    }
  }
}
