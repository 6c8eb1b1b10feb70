package io.syslet.kernel.coroutine;

import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;
import org.jspecify.annotations.Nullable;

/**
 * Stacks as continuations of the JVM: frames are copied to the heap on a yield, and back when they
 * are returned into. A suspended coroutine that nobody knows any more is garbage like any other.
 *
 * <p>What cannot be copied pins the stack, and a yield is then an error: a native frame (an upcall,
 * and also a class initialiser, which the JVM calls like native code), or a monitor taken by JNI.
 * Monitors that Java code holds would be copied too, those of the thread that entered along with
 * those of the coroutine, which the JVM does not survive; {@link HeldMonitors} sees them.
 *
 * <p>The JVM compiles methods as if the current thread never changed. So after a yield across which
 * the coroutine has moved to another thread, {@link Thread#currentThread} and thread locals may
 * still be those of the one before, as long as the same method goes on.
 */
final class ContinuationSwitch extends StackSwitch {
  static final ContinuationSwitch INSTANCE = new ContinuationSwitch();

  private static final ContinuationScope SCOPE = new ContinuationScope("coroutine");

  private ContinuationSwitch() {}

  /** The coroutine that runs on a continuation of this thread. */
  static @Nullable Coroutine self() {
    return Continuation.getCurrentContinuation(SCOPE) instanceof OnHeap stack
        ? stack.coroutine
        : null;
  }

  /** The body of whichever runs, so that no stack needs one of its own. */
  private static void body() {
    Coroutine.running("starts").body();
  }

  @Override
  Stack stackFor(Coroutine coroutine) {
    return new OnHeap(coroutine);
  }

  private static final class OnHeap extends Continuation implements Stack {
    private final Coroutine coroutine;

    OnHeap(Coroutine coroutine) {
      super(SCOPE, ContinuationSwitch::body);
      this.coroutine = coroutine;
    }

    @Override
    public void resume() {
      HeldMonitors.refuseVirtual(coroutine);
      HeldMonitors.refuse("enter", coroutine);
      run();
    }

    @Override
    public void suspend() {
      HeldMonitors.refuse("yield in", coroutine);
      Continuation.yield(SCOPE);
    }

    @Override
    protected void onPinned(Pinned reason) {
      throw new IllegalStateException("cannot yield in " + coroutine + ": " + text(reason));
    }

    private static String text(Pinned reason) {
      return switch (reason) {
        case NATIVE -> "a native frame or a class initialiser is on its stack";
        case MONITOR -> "it holds a monitor";
        case CRITICAL_SECTION -> "it is in a critical section of the JDK";
        case EXCEPTION -> "the JVM threw an exception";
      };
    }

    @Override
    public StackTraceElement[] trace() {
      return getStackTrace();
    }

    @Override
    public void release() {
      // The collector takes it. To keep it would cost the switch out of a loop, more than a new
      // one.
    }
  }
}
