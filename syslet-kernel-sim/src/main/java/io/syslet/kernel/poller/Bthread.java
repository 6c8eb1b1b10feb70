package io.syslet.kernel.poller;

import io.syslet.kernel.coroutine.Coroutine;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a main loop that runs until it pauses, never preempted: what a driver's kthread
 * becomes. All methods are for the loop's thread.
 *
 * <p>Source: barebox's {@code common/bthread.c} and {@code include/linux/kthread.h}.
 */
public final class Bthread extends Job {
  private final MainLoop loop;
  private boolean awake;
  private boolean stopping;
  private boolean ended;
  private int result;

  private Bthread(MainLoop loop, String name, IntSupplier body) {
    super(name);
    this.loop = loop;
    coroutine = loop.coroutine(name, argument -> main(body));
  }

  /**
   * Makes one that sleeps until it is woken.
   *
   * @throws IllegalStateException if the loop cannot switch stacks.
   */
  public static Bthread create(MainLoop loop, String name, IntSupplier body) {
    if (!loop.canSwitchStacks()) {
      throw new IllegalStateException(
          "bthread '" + name + "' needs a context that can switch stacks");
    }
    Bthread thread = new Bthread(loop, name, body);
    loop.bthreads().add(thread);
    thread.paused = true;
    return thread;
  }

  /** Makes one, and wakes it. */
  public static Bthread run(MainLoop loop, String name, IntSupplier body) {
    Bthread thread = create(loop, name, body);
    thread.wake();
    return thread;
  }

  private void main(IntSupplier body) {
    try {
      result = body.getAsInt();
    } finally {
      ended = true;
    }
  }

  /** Lets it run in the rounds to come. */
  public void wake() {
    awake = true;
  }

  /** Lets it run no more until it is woken; from within it, it sleeps at its next pause. */
  public void suspend() {
    awake = false;
  }

  /** Asks it to stop, and wakes it. Does not wait. */
  public void cancel() {
    stopping = true;
    awake = true;
  }

  /**
   * Asks it to stop and waits until it has ended.
   *
   * @return what its body has returned.
   * @throws IllegalStateException from within itself.
   */
  public int stop() {
    if (coroutine == Coroutine.self()) {
      throw new IllegalStateException(this + " waits for its own end");
    }
    cancel();
    while (!ended) {
      loop.pause();
    }
    return result;
  }

  /** Whether the bthread that runs was asked to stop; false outside of all. Pauses first. */
  public static boolean shouldStop(MainLoop loop) {
    if (loop.running() instanceof Bthread self) {
      loop.pause();
      return self.stopping;
    }
    return false;
  }

  /** Whether it was asked to stop. */
  public boolean isStopping() {
    return stopping;
  }

  /** Whether its body has returned or thrown. */
  public boolean hasEnded() {
    return ended;
  }

  /** Whether a round would run it now. */
  boolean isReady() {
    return awake && paused && !ended;
  }

  /** Enters it for its turn. */
  void turn(@Nullable Coroutine mine) {
    if (mine != null) {
      paused = false;
      long began = loop.now();
      try {
        mine.enter();
      } finally {
        ran(loop.now() - began, loop);
      }
    }
  }

  @Override
  String kind() {
    return "bthread";
  }
}
