package io.syslet.bench;

import io.syslet.Nr;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/** The machine itself, without any kernel of ours between. Any thread. */
@SuppressWarnings("restricted")
public final class Host {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle SYSCALL = variadic();

  /** Counted before any thread is bound, which would change the count. */
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /** 1,024 processors. */
  private static final int MASK_LENGTH = 128;

  private Host() {}

  private static MethodHandle variadic() {
    MemoryLayout[] types = new MemoryLayout[7];
    Arrays.fill(types, ValueLayout.JAVA_LONG);
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow("syscall"),
        FunctionDescriptor.of(ValueLayout.JAVA_LONG, types),
        Linker.Option.firstVariadicArg(1));
  }

  /** A function of the C library, to be kept in a static final field. */
  public static MethodHandle function(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type);
  }

  /** A system call, through the C library: its value, or −1. */
  public static long syscall(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    try {
      return (long) SYSCALL.invokeExact(nr, a0, a1, a2, a3, a4, a5);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@link #syscall(long, long, long, long, long, long, long)} with up to three arguments. */
  public static long syscall(long nr, long a0, long a1, long a2) {
    return syscall(nr, a0, a1, a2, 0, 0, 0);
  }

  /**
   * Binds a thread or process to a processor, if it may.
   *
   * @param id a process or thread id; 0 for the calling thread.
   * @param processor counted from 0; modulo those that there are.
   */
  public static void pin(long id, int processor) {
    int cpu = processor % PROCESSORS;
    try (Arena arena = Arena.ofConfined()) {
      long mask = arena.allocate(MASK_LENGTH, Long.BYTES).address();
      Memory.putLong(mask + (long) Long.BYTES * (cpu / Long.SIZE), 1L << cpu);
      syscall(Nr.SCHED_SETAFFINITY, id, MASK_LENGTH, mask);
    }
  }
}
