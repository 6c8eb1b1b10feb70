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
 * <p>The words live as long as the thread; see {@link #withdraw}.
 */
final class VmState {
  /** Values of the two words, as in {@code layout.h}. */
  private static final int BLOCKED = 10;

  private static final int RUNNABLE = 2;

  private static final VarHandle EETOP = eetop();
  private static final long STATE;
  private static final long OS_THREAD;
  private static final long WAIT_STATE;

  static {
    VmStructs table = VmStructs.open();
    boolean known =
        table.constant("_thread_blocked") == BLOCKED && table.constant("RUNNABLE") == RUNNABLE;
    STATE = known ? table.offset("JavaThread", "_thread_state") : VmStructs.NOT_FOUND;
    OS_THREAD = table.offset("Thread", "_osthread");
    WAIT_STATE = table.offset("OSThread", "_state");
  }

  private VmState() {}

  /** Whether this JVM tells. */
  static boolean isTold() {
    return STATE >= 0 && OS_THREAD >= 0 && WAIT_STATE >= 0;
  }

  /** Writes into the record of the current thread where its state is. */
  static void introduce(long record, Thread current) {
    if (isTold()) {
      long thread = (long) EETOP.get(current);
      long osThread = Memory.getLong(thread + OS_THREAD);
      CarrierRecord.setVmState(record, thread + STATE, osThread + WAIT_STATE);
    }
  }

  /**
   * The current thread is about to leave. Who looks from now on sees nothing; who looks already has
   * said so in its hazard, and is waited for before the thread ends.
   */
  static void withdraw(long record) {
    CarrierRecord.setVmState(record, 0, 0);
  }

  /** Whether it is stopped. By who has named the record in a hazard. */
  static boolean isStopped(long record) {
    long state = CarrierRecord.threadState(record);
    return state != 0
        && Memory.getIntAcquire(state) == BLOCKED
        && Memory.getIntAcquire(CarrierRecord.waitState(record)) == RUNNABLE;
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
