package io.syslet.linux;

import io.syslet.kernel.VmStructs;
import io.syslet.ring.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Whether the VM itself has stopped a thread: at a safepoint above all, in a handshake, for a
 * debugger, at a lock of the VM's own.
 *
 * <pre>
 *   JavaThread (at Thread.eetop)          OSThread
 *   u32 _thread_state                     u32 _state
 *         10 blocked: not in Java, not      2 runnable
 *            in native code                 3 and more: waits for a monitor, a condition, a park
 *   OSThread* _osthread
 * </pre>
 *
 * A thread that sleeps in native code is "in native", one in a page fault of Java code "in Java",
 * one that parks is "blocked" and waits. Who is "blocked" and "runnable" at once is stopped: it
 * sleeps for the VM, and goes on as soon as everybody does. Where a JVM does not tell, nobody is
 * ever stopped.
 *
 * <p>Where these are is found out in milliseconds, which the start of a small program should not
 * have to wait for; so the sysmon {@linkplain #tell tells} after a while. What the VM knows of a
 * thread lives as long as the thread; see {@link CarrierThreads#withdraw}.
 */
final class VmState {
  /** Values of the two words, as in {@code layout.h}. */
  private static final int BLOCKED = 10;

  private static final int RUNNABLE = 2;
  private static final int IN_NATIVE = 4;
  private static final int IN_VM = 6;
  private static final int IN_JAVA = 8;

  private static final VarHandle EETOP = eetop();

  private VmState() {}

  /** The address of what the VM knows of a thread that runs. */
  static long javaThread(Thread thread) {
    return (long) EETOP.get(thread);
  }

  /** Where this JVM keeps the words. Linked when it is first asked for. */
  private static final class Offsets {
    static final long STATE;
    static final long OS_THREAD;
    static final long WAIT_STATE;
    static final boolean ARE_KNOWN;

    static {
      VmStructs table = VmStructs.open();
      STATE = table.offset("JavaThread", "_thread_state");
      OS_THREAD = table.offset("Thread", "_osthread");
      WAIT_STATE = table.offset("OSThread", "_state");
      ARE_KNOWN =
          STATE > 0
              && OS_THREAD > 0
              && WAIT_STATE > 0
              && table.constant("_thread_blocked") == BLOCKED
              && table.constant("RUNNABLE") == RUNNABLE;
    }
  }

  /** Whether this JVM tells. */
  static boolean isTold() {
    return Offsets.ARE_KNOWN;
  }

  /** Whether it tells of the current thread what is true: that it runs, where the load may be. */
  static boolean tellsOfTheCurrentThread() {
    if (!isTold()) {
      return false;
    }
    int state = Memory.getIntAcquire(javaThread(Thread.currentThread()) + Offsets.STATE);
    return state == IN_NATIVE || state == IN_VM || state == IN_JAVA;
  }

  /** Tells a scheduler's sentinels where the states are, if this JVM tells us. */
  static void tell(long scheduler) {
    if (Offsets.ARE_KNOWN) {
      SchedulerRecord.tellStates(scheduler, Offsets.STATE, Offsets.OS_THREAD, Offsets.WAIT_STATE);
    }
  }

  /** Whether a carrier is stopped. By who has named its record in a hazard. */
  static boolean isStopped(long record) {
    long thread = CarrierRecord.javaThread(record);
    if (thread == 0 || !Offsets.ARE_KNOWN) {
      return false;
    }
    long osThread = Memory.getLong(thread + Offsets.OS_THREAD);
    return Memory.getIntAcquire(thread + Offsets.STATE) == BLOCKED
        && Memory.getIntAcquire(osThread + Offsets.WAIT_STATE) == RUNNABLE;
  }

  private static VarHandle eetop() {
    try {
      return MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
          .findVarHandle(Thread.class, "eetop", long.class);
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException(
          "Thread.eetop is out of reach; it needs --add-opens java.base/java.lang=ALL-UNNAMED", e);
    }
  }
}
