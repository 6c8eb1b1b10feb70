package io.syslet.kernel.coroutine;

import org.jspecify.annotations.Nullable;

/**
 * Where coroutines run: an event loop, or whatever has one. Each coroutine has a home, and whoever
 * wakes it, from whatever thread, has it entered there; so coroutines of one home never run at the
 * same time, and one that is woken before it has yielded is entered after.
 *
 * <p>Source: QEMU's AioContext, {@code aio_co_schedule}, {@code aio_co_wake}.
 */
public abstract class Context {
  private static final ThreadLocal<@Nullable Context> OF_THREAD = new ThreadLocal<>();

  /** For subclasses. */
  protected Context() {}

  /**
   * The home of the coroutine that runs, or outside of all the context that runs in this thread.
   */
  public static @Nullable Context current() {
    Coroutine self = Coroutine.self();
    return self == null ? OF_THREAD.get() : self.home();
  }

  static @Nullable Context ofThread() {
    return OF_THREAD.get();
  }

  /** Runs an action later, in this context, after those that were posted before. Any thread. */
  public abstract void post(Runnable action);

  /** The clock by which coroutines of this context sleep. */
  public abstract Clock clock();

  /** Runs an action now, as in this context: for the thread that runs it, while it does not. */
  public final void inside(Runnable action) {
    Context outer = OF_THREAD.get();
    OF_THREAD.set(this);
    try {
      action.run();
    } finally {
      OF_THREAD.set(outer);
    }
  }

  /**
   * Has a coroutine entered in this context, which becomes its home. Any thread, also while the
   * coroutine still runs, if that is in this context.
   *
   * @throws IllegalStateException if that is about to happen already.
   */
  public final void schedule(Coroutine coroutine) {
    coroutine.markScheduled();
    post(() -> coroutine.enterScheduled(this));
  }

  /**
   * Has a coroutine entered at home. Any thread.
   *
   * @throws IllegalStateException if that is about to happen already, or if it has no home.
   */
  public static void wake(Coroutine coroutine) {
    coroutine.homeToWaitIn().schedule(coroutine);
  }

  /** Moves the coroutine that runs here: it goes on in this context. */
  public final void moveHere() {
    Coroutine self = Coroutine.running("moves to a context");
    // At home this is done only after it has yielded.
    self.homeToWaitIn().post(() -> schedule(self));
    self.suspend();
  }
}
