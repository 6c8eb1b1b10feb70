package io.syslet.kernel.coroutine;

import io.syslet.kernel.VmStructs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the current thread holds a monitor that a switch of continuations would lose.
 *
 * <pre>
 *   JavaThread                      (at Thread.eetop)
 *   ...
 *   _lock_stack  +----------------+
 *                | _top           |  offset in JavaThread of the first free entry
 *                | _base[0] [1].. |  objects locked by this thread, outermost first
 *                +----------------+
 * </pre>
 *
 * HotSpot keeps the objects that a thread has locked without contention in a small stack inside its
 * JavaThread, and moves <em>all</em> of them into a continuation that yields. For virtual threads
 * that is right. A thread that holds monitors while it runs a continuation, however, finds its own
 * ones gone; on JDK 25 that ends in IllegalMonitorStateException at best, in a crash at worst. So
 * we look whether that stack is empty, at each enter and yield; it costs one load. Where it lies is
 * told by the table that HotSpot exports for debuggers (vmStructs). A JVM without that table, or
 * without {@code --add-opens java.base/java.lang=ALL-UNNAMED}, is not checked.
 *
 * <p>A monitor that was ever contended or waited on is not in that stack. It stays with the host
 * thread: a coroutine that yields inside is then no longer alone inside, as another coroutine of
 * the thread may enter too.
 */
final class HeldMonitors {
  private static final Unsafe UNSAFE = Unsafe.getUnsafe();
  private static final long EETOP = UNSAFE.objectFieldOffset(Thread.class, "eetop");

  /** Thread.currentCarrierThread, or null. */
  private static final @Nullable MethodHandle CARRIER = carrierMethod();

  private static final long TOP;
  private static final int EMPTY;

  static {
    VmStructs table = VmStructs.open();
    long stack = table.offset("JavaThread", "_lock_stack");
    long top = table.offset("LockStack", "_top");
    long base = table.offset("LockStack", "_base[0]");
    boolean found = CARRIER != null && stack >= 0 && top >= 0 && base >= 0;
    TOP = found ? stack + top : VmStructs.NOT_FOUND;
    EMPTY = found ? (int) (stack + base) : 0;
  }

  private HeldMonitors() {}

  /** Whether this JVM lets us look. */
  static boolean canLook() {
    return TOP != VmStructs.NOT_FOUND;
  }

  /** Throws an error if the current thread holds a monitor. */
  static void refuse(String action, Coroutine coroutine) {
    if (TOP == VmStructs.NOT_FOUND) {
      return;
    }
    Thread thread = thread();
    if (UNSAFE.getInt(UNSAFE.getLong(thread, EETOP) + TOP) != EMPTY) {
      throw error(action, coroutine, thread, "holds a monitor (synchronized) here");
    }
  }

  /** Throws an error in a virtual thread, which switches its own stack and not ours. */
  static void refuseVirtual(Coroutine coroutine) {
    if (Thread.currentThread().isVirtual()) {
      throw error("enter", coroutine, Thread.currentThread(), "is virtual");
    }
  }

  /**
   * The thread that runs this. A method that a coroutine runs may be compiled as if {@link
   * Thread#currentThread} were the same before and after a yield; this one is looked up anew.
   */
  static Thread thread() {
    try {
      return CARRIER == null ? Thread.currentThread() : (Thread) CARRIER.invokeExact();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static @Nullable MethodHandle carrierMethod() {
    try {
      return MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
          .findStatic(Thread.class, "currentCarrierThread", MethodType.methodType(Thread.class));
    } catch (ReflectiveOperationException notOpen) {
      return null;
    }
  }

  private static IllegalStateException error(
      String action, Coroutine coroutine, Thread thread, String why) {
    return new IllegalStateException(
        "cannot %s %s: thread '%s' %s".formatted(action, coroutine, thread.getName(), why));
  }
}
