package io.syslet.ring;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Interrupts a thread of this process that sleeps in a system call, as signal(7) has it: tgkill(2)
 * with a signal whose handler does nothing, installed without SA_RESTART, so that a call that can
 * be interrupted returns −EINTR. The handler is a function of the C library that only computes; a
 * handler in Java would need the thread to be at a safepoint. Linked when it is first used.
 *
 * <pre>
 *   struct sigaction of the C library: 0 handler, 8 mask, 136 flags, 144 restorer
 * </pre>
 */
@SuppressWarnings("restricted")
public final class HostSignals {
  private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));
  private static final int SIGNAL = 61;
  private static final int ACTION_LENGTH = 152;
  private static final long GETPID = ARM ? 172 : 39;
  private static final long TGKILL = ARM ? 131 : 234;
  private static final boolean INSTALLED = HostCalls.areThere() && install();

  private HostSignals() {}

  /** Sends the signal to a thread, by its thread id; nothing happens where that is not possible. */
  public static void interrupt(long threadId) {
    if (INSTALLED) {
      long process = HostCalls.call(GETPID, 0, 0, 0, 0, 0, 0);
      HostCalls.send(TGKILL, process, threadId, SIGNAL, 0, 0, 0);
    }
  }

  private static boolean install() {
    Linker linker = Linker.nativeLinker();
    MethodHandle sigaction =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("sigaction"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment action = arena.allocate(ACTION_LENGTH, Long.BYTES);
      action.set(ADDRESS, 0, linker.defaultLookup().findOrThrow("abs"));
      return (int) sigaction.invokeExact(SIGNAL, action, MemorySegment.NULL) == 0;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
