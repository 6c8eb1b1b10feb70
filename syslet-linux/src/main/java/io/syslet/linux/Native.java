package io.syslet.linux;

import io.syslet.Nr;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The operations of the native stub. Linked when this class is first used. Any thread may call; a
 * thread in here is at a safepoint, however long it sleeps.
 */
final class Native {
  /** {@link #run}: every call was made. */
  static final int RUN_DONE = 0;

  /** {@link #run}: stopped before a slot that is not plain. */
  static final int RUN_LOOK = 1;

  /** {@link #run}: a detector has claimed the call; its status is in the record. */
  static final int RUN_STOLEN = 2;

  /** {@link #run}: a call returned −132 of its own, which must not be taken for pending. */
  static final int RUN_132 = 3;

  private static final long OP_SYSCALL = 0;
  private static final long OP_RUN = 1;
  private static final long OP_WAIT = 2;
  private static final long OP_SENTINEL = 3;

  private static final long OP_HANDLER = 4;
  private static final long OP_RESTORER = 5;
  private static final long OP_THREAD = 6;

  private static final long FUTEX_WAKE_PRIVATE = 129;

  /** The stub where it could not be linked to the native method. */
  private static final @Nullable MethodHandle MAPPED =
      NativeCode.link(Native.class, "stub") ? null : NativeCode.map();

  private Native() {}

  /** Whether the stub is a native method of the JVM's, and not called by the foreign interface. */
  static boolean isLinked() {
    return MAPPED == null;
  }

  /** Makes the system call: its value or −errno. */
  static long syscall(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    return call(OP_SYSCALL, nr, a0, a1, a2, a3, a4, a5);
  }

  /** Of {@link #sentinel}: others keep the CPU busy. */
  static final int SENTINEL_BUSY = 1;

  /** Runs the slots of a record: one of the RUN_ results. */
  static int run(long record, boolean forced) {
    return (int) call(OP_RUN, record, forced ? 1 : 0, 0, 0, 0, 0, 0);
  }

  /**
   * Sleeps until the record's go word is set.
   *
   * @param timespec address of a struct timespec, or 0 to wait for good.
   * @return whether it is set; false after the time-out.
   */
  static boolean standBy(long record, long timespec) {
    return call(OP_WAIT, record, timespec, 0, 0, 0, 0, 0) != 0;
  }

  /**
   * Watches the carriers that last ran on the CPU of a sentinel's record, with the lowest priority,
   * until told to quit.
   *
   * @return 0 once told to quit; {@link #SENTINEL_BUSY} if others keep the CPU busy; −errno at once
   *     where the thread may not have that priority.
   */
  static long sentinel(long record) {
    return call(OP_SENTINEL, record, 0, 0, 0, 0, 0, 0);
  }

  /** Wakes one waiter of the futex at {@code address}, of this process. */
  static void wake(long address) {
    syscall(Nr.FUTEX, address, FUTEX_WAKE_PRIVATE, 1, 0, 0, 0);
  }

  /** The thread pointer of the current thread. */
  static long threadPointer() {
    return call(OP_THREAD, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Address of a signal handler that does nothing. */
  static long handler() {
    return call(OP_HANDLER, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Address of the code that a signal handler returns to; 0 where the kernel has its own. */
  static long restorer() {
    return call(OP_RESTORER, 0, 0, 0, 0, 0, 0, 0);
  }

  private static native long stub(long op, long a, long b, long c, long d, long e, long f, long g);

  private static long call(long op, long a, long b, long c, long d, long e, long f, long g) {
    return MAPPED == null ? stub(op, a, b, c, d, e, f, g) : mapped(MAPPED, op, a, b, c, d, e, f, g);
  }

  private static long mapped(
      MethodHandle entry, long op, long a, long b, long c, long d, long e, long f, long g) {
    try {
      return (long) entry.invokeExact(0L, 0L, op, a, b, c, d, e, f, g);
    } catch (RuntimeException | Error e2) {
      throw e2;
    } catch (Throwable e2) {
      throw new IllegalStateException(e2);
    }
  }
}
