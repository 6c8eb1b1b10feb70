package io.syslet.kernel.poller;

import io.syslet.Errno;
import io.syslet.kernel.coroutine.Coroutine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The pollers of a main loop.
 *
 * <p>A poller that does not pause should cost no more than the call of its function, though nobody
 * knows before whether it will. So a round does for pollers what a syslet does for calls: one
 * coroutine, the runner, calls them one after the other. When one pauses, the runner is where it
 * paused, and stays with it; a spare runner goes on with the next.
 *
 * <pre>
 *   round 1   runner A:  p1  p2  p3 ~ pauses          A belongs to p3
 *             runner B:              p4  p5
 *   round 2   runner B:  p1  p2
 *             A:                 p3 returns           A is spare
 *             runner B:              p4  p5
 * </pre>
 *
 * All methods are for the loop's thread.
 */
public final class Pollers {
  private final MainLoop loop;
  private final List<PollerJob> pollers = new ArrayList<>();
  private @Nullable Coroutine spare;
  private @Nullable PollerJob current;
  private int cursor;
  private long began;
  private boolean active;

  Pollers(MainLoop loop) {
    this.loop = loop;
  }

  /**
   * Adds one to the end of each round; also from within a poller.
   *
   * @return 0, or −EBUSY if it is registered already.
   */
  public int register(PollerJob poller) {
    if (pollers.contains(poller)) {
      return -Errno.EBUSY;
    }
    pollers.add(poller);
    return 0;
  }

  /**
   * Takes one out; also from within it. One that has paused is unwound.
   *
   * @return 0, or −ENODEV if it is not registered.
   */
  public int unregister(PollerJob poller) {
    int index = pollers.indexOf(poller);
    if (index < 0) {
      return -Errno.ENODEV;
    }
    pollers.remove(index);
    cursor -= index < cursor ? 1 : 0;
    Coroutine paused = poller.coroutine;
    if (paused != null && paused != Coroutine.self()) {
      forget(poller, paused);
      paused.close();
    }
    return 0;
  }

  /** Those registered, in their order. */
  public List<PollerJob> registered() {
    return List.copyOf(pollers);
  }

  /** Whether a round is going on. */
  boolean active() {
    return active;
  }

  /** The one that runs, or null. */
  @Nullable PollerJob current() {
    return current;
  }

  /** Runs each once, or goes on with it where it paused. Nothing if a round is going on. */
  void call() {
    if (active || pollers.isEmpty()) {
      return;
    }
    active = true;
    cursor = 0;
    began = loop.now();
    try {
      while (cursor < pollers.size()) {
        advance();
      }
    } finally {
      active = false;
      current = null;
    }
  }

  private void advance() {
    PollerJob next = pollers.get(cursor);
    if (next.coroutine != null) {
      cursor++;
      resume(next, next.coroutine);
    } else if (loop.canSwitchStacks()) {
      runWithRunner();
    } else {
      cursor++;
      run(next);
    }
  }

  private void run(PollerJob poller) {
    current = poller;
    poller.function.run();
    account(poller);
  }

  private void account(PollerJob poller) {
    long now = loop.now();
    poller.ran(now - began, loop);
    began = now;
  }

  private void runWithRunner() {
    Coroutine runner = spare != null ? spare : loop.coroutine("poller runner", this::serve);
    spare = null;
    runner.enter();
    if (runner.isSuspended() && runner != spare) {
      PollerJob paused = Objects.requireNonNull(current);
      account(paused);
      paused.coroutine = runner;
      loop.remember(runner, paused);
    }
  }

  private void resume(PollerJob poller, Coroutine coroutine) {
    if (poller.paused) {
      poller.paused = false;
      current = poller;
      coroutine.enter();
      account(poller);
    }
  }

  /** What a runner does: calls pollers until one has paused that now returns to it. */
  private void serve(@Nullable Object argument) {
    Coroutine self = Objects.requireNonNull(Coroutine.self());
    while (true) {
      while (cursor < pollers.size() && pollers.get(cursor).coroutine == null) {
        PollerJob poller = pollers.get(cursor++);
        if (!serveOne(poller, self)) {
          break;
        }
      }
      if (spare != null) {
        return;
      }
      spare = self;
      Coroutine.yield();
    }
  }

  /** Whether the poller has not paused, so that this is still the runner. */
  private boolean serveOne(PollerJob poller, Coroutine self) {
    current = poller;
    try {
      poller.function.run();
    } catch (Throwable thrown) {
      forget(poller, self);
      throw thrown;
    }
    if (poller.coroutine == self) {
      forget(poller, self);
      return false;
    }
    account(poller);
    return true;
  }

  private void forget(PollerJob poller, Coroutine coroutine) {
    poller.coroutine = null;
    loop.forget(coroutine);
  }
}
