package io.syslet.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * The door to the host's own system calls, for what is not a program's call: syscall(2), on the
 * calling thread, which is held as long as the call sleeps.
 *
 * <p>Linked at the first call, which the in-process path never does: linking costs tens of
 * milliseconds at the start of a small program. The carriers of a kernel make their calls by a stub
 * of their own.
 */
@SuppressWarnings("restricted")
public final class HostCalls {
  private static final boolean LINUX =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux");

  /** What the C library has; linked at the first call. */
  private static final class Library {
    static final Linker LINKER = Linker.nativeLinker();
    static final MethodHandle SYSCALL =
        LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("syscall"),
            FunctionDescriptor.of(
                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                JAVA_LONG),
            Linker.Option.firstVariadicArg(1),
            Linker.Option.captureCallState("errno"));
    static final MethodHandle ABS =
        LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("abs"), FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private Library() {}
  }

  /** Where the errno goes that nobody reads; by any thread. */
  private static final MemorySegment NOWHERE = Arena.global().allocate(JAVA_INT);

  private HostCalls() {}

  /** Whether the host has Linux's system calls; if not, each is answered −ENOSYS. */
  public static boolean areThere() {
    return LINUX;
  }

  /** Makes a call: its value or −errno. */
  public static long call(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    try (Arena arena = Arena.ofConfined()) {
      return call(arena.allocate(JAVA_INT), nr, a0, a1, a2, a3, a4, a5);
    }
  }

  /**
   * Makes a call: its value or −errno. Allocates nothing.
   *
   * @param errno four bytes of the caller's, for this thread alone meanwhile.
   */
  public static long call(
      MemorySegment errno, long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    if (!LINUX) {
      return -RingErrno.ENOSYS;
    }
    long result = raw(errno, nr, a0, a1, a2, a3, a4, a5);
    return result == -1 ? -errno.get(JAVA_INT, 0) : result;
  }

  /** Makes a call and does not say how it ended. Allocates nothing. */
  public static void send(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    if (LINUX) {
      long _ = raw(NOWHERE, nr, a0, a1, a2, a3, a4, a5);
    }
  }

  private static long raw(
      MemorySegment errno, long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    try {
      return (long) Library.SYSCALL.invokeExact(errno, nr, a0, a1, a2, a3, a4, a5);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A call of nothing: the way back into Java is where HotSpot raises the fault of a mapped page
   * that is gone, an InternalError.
   */
  static void poll() {
    try {
      int _ = (int) Library.ABS.invokeExact(0);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
