package io.syslet.kernel.coroutine;

import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stacks as threads, of which exactly one of those that enter each other runs at a time. For a JVM
 * whose stacks we may not switch, and to check the other switch against.
 *
 * <p>A turn is one volatile word for each stack: {@code inside} is true while the coroutine's
 * thread runs and its enterer waits. Who gives the turn away writes the word and unparks the other;
 * who waits parks until the word is his. As only the one whose turn it is writes the word, none is
 * lost.
 *
 * <p>Code in a coroutine sees another {@link Thread#currentThread()} than its enterer. Monitors may
 * be held across a yield. A suspended coroutine keeps its thread until it is entered to its end or
 * closed; the threads are daemons. Those of finished coroutines are used again; when two batches
 * are idle one is let go.
 */
final class ThreadSwitch extends StackSwitch {
  static final ThreadSwitch INSTANCE = new ThreadSwitch();

  /** How many idle threads are let go at a time; the batch of QEMU's coroutine pool. */
  static final int BATCH = 128;

  private final ArrayDeque<OnThread> idle = new ArrayDeque<>();

  private ThreadSwitch() {}

  /** The coroutine whose thread this is. */
  static @Nullable Coroutine self() {
    return Thread.currentThread() instanceof OnThread stack ? stack.coroutine : null;
  }

  @Override
  Stack stackFor(Coroutine coroutine) {
    OnThread stack = takeIdle();
    if (stack == null) {
      stack = new OnThread(this);
    }
    stack.coroutine = coroutine;
    stack.setName(coroutine.title());
    return stack;
  }

  private synchronized @Nullable OnThread takeIdle() {
    return idle.pollLast();
  }

  private synchronized void putIdle(OnThread stack) {
    idle.addLast(stack);
    if (idle.size() == 2 * BATCH) {
      for (int i = 0; i < BATCH; i++) {
        idle.removeFirst().end();
      }
    }
  }

  private static final class OnThread extends Thread implements Stack {
    private final ThreadSwitch home;
    private @Nullable Coroutine coroutine;
    private @Nullable Thread enterer;
    private boolean started;
    private volatile boolean inside;

    OnThread(ThreadSwitch home) {
      this.home = home;
      setDaemon(true);
    }

    @Override
    public void run() {
      for (Coroutine mine = coroutine; mine != null; mine = coroutine) {
        mine.body();
        coroutine = null;
        leave();
      }
    }

    @Override
    public void resume() {
      enterer = Thread.currentThread();
      inside = true;
      if (!started) {
        start();
        started = true;
      } else {
        LockSupport.unpark(this);
      }
      await(false);
    }

    @Override
    public void suspend() {
      leave();
    }

    private void leave() {
      Thread to = enterer;
      inside = false;
      LockSupport.unpark(to);
      await(true);
    }

    /** Waits for the turn; an interrupt waits with us. */
    private void await(boolean turn) {
      boolean interrupted = false;
      while (inside != turn) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public StackTraceElement[] trace() {
      return getStackTrace();
    }

    @Override
    public void release() {
      home.putIdle(this);
    }

    /** Idle as it is, it finds no coroutine when it wakes. */
    private void end() {
      inside = true;
      LockSupport.unpark(this);
    }
  }
}
