package io.syslet.client;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The few calls that a client, or a server, makes of its own kernel: syscall(2). Linked when first
 * used.
 */
public final class SystemCalls {
  private static final MethodHandle SYSCALL = link();

  private SystemCalls() {}

  @SuppressWarnings("restricted")
  private static MethodHandle link() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("syscall"),
        FunctionDescriptor.of(
            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
        Linker.Option.firstVariadicArg(1),
        Linker.Option.captureCallState("errno"));
  }

  /** Makes the call: its value or −errno. */
  public static long call(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    try (Arena arena = Arena.ofConfined()) {
      return call(arena.allocate(JAVA_INT), nr, a0, a1, a2, a3, a4, a5);
    }
  }

  /** The same with four bytes for errno, for who calls often. */
  static long call(
      MemorySegment errno, long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    try {
      long result = (long) SYSCALL.invokeExact(errno, nr, a0, a1, a2, a3, a4, a5);
      return result == -1 ? -errno.get(JAVA_INT, 0) : result;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
