package io.syslet.linux;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Threads that make queued calls, as many as there are calls at most. The one that slept last is
 * woken first; who is not needed for long leaves.
 *
 * <p>One at a time is woken, and wakes the next one when it has come: whoever holds the token may
 * take an idle helper, or start one, to which the token goes.
 *
 * <pre>
 *   who adds                       a helper                        the one that is woken
 *   queue + 1                      queue empty?                    takes from the queue
 *   CAS token: 0 -&gt; 1              pushes itself on the idle       token = 0
 *   pops an idle one, wakes it     queue empty? no: as who adds    queue empty? no: as who adds
 *   none: token = 0, and again     sleeps
 *   if one came meanwhile
 * </pre>
 *
 * Who adds and finds the token taken leaves the rest to its holder, who looks at the queue after it
 * has given the token up. A helper pushes itself before it looks at the queue, and who finds no
 * idle helper looks for one again after the token. So a call that is queued is seen by somebody
 * awake. The idle ones are a stack that the holder of the token alone takes from, so there is no
 * ABA.
 *
 * <p>Where no thread can be started, all that is queued is handed on to somebody else, who makes
 * the calls: no helper need be there who would come back to them.
 */
final class Helpers {
  private final String name;
  private final int limit;
  private final long idleNanos;
  private final Executor others;
  private final RunQueue queue = new RunQueue();
  private final AtomicInteger token = new AtomicInteger();
  private final AtomicReference<@Nullable Helper> idle = new AtomicReference<>();
  private final Set<Helper> all = ConcurrentHashMap.newKeySet();
  private int made;
  private volatile int most;
  private volatile boolean closed;

  /**
   * None at first.
   *
   * @param idleNanos how long one stays without a call.
   * @param others makes the calls while no thread can be started.
   */
  Helpers(String name, int limit, long idleNanos, Executor others) {
    this.name = name;
    this.limit = limit;
    this.idleNanos = idleNanos;
    this.others = others;
  }

  /** Queues a call. Any thread. */
  void add(Runnable call) {
    queue.add(call);
    wake();
  }

  private void wake() {
    while (token.get() == 0 && token.compareAndSet(0, 1)) {
      Helper helper = pop();
      if (helper != null) {
        helper.wake();
        return;
      }
      boolean full = all.size() >= limit;
      if (!full && starts()) {
        return;
      }
      if (!full) {
        handOn();
      }
      token.set(0);
      if (queue.isEmpty() || (full && idle.get() == null)) {
        return;
      }
    }
  }

  private void handOn() {
    for (Runnable call = queue.poll(); call != null; call = queue.poll()) {
      others.execute(call);
    }
  }

  /** Starts a helper, which gets the token: whether that was possible. */
  private boolean starts() {
    Helper helper = new Helper(this, name + "-helper-" + made++);
    all.add(helper);
    most = Math.max(most, all.size());
    try {
      helper.start();
      return true;
    } catch (OutOfMemoryError e) {
      all.remove(helper);
      return false;
    }
  }

  /** How many there have been at once at most. */
  int most() {
    return most;
  }

  /** What a helper does, which was started with the token, until it is not needed any more. */
  void work(Helper helper) {
    do {
      Runnable call = queue.poll();
      giveToken();
      for (; call != null; call = queue.poll()) {
        call.run();
      }
    } while (awaitToken(helper));
  }

  private void giveToken() {
    token.set(0);
    if (!queue.isEmpty()) {
      wake();
    }
  }

  /** Until it is woken, and has the token: true; or leaves: false. */
  private boolean awaitToken(Helper helper) {
    push(helper);
    if (!queue.isEmpty()) {
      wake();
    }
    return helper.sleeps(closed ? 0 : idleNanos) || !leaves(helper);
  }

  private void push(Helper helper) {
    do {
      helper.below = idle.get();
    } while (!idle.compareAndSet(helper.below, helper));
  }

  private @Nullable Helper pop() {
    Helper top = idle.get();
    while (top != null && !idle.compareAndSet(top, top.below)) {
      top = idle.get();
    }
    return top;
  }

  /** A helper that was not woken leaves, unless it is woken meanwhile, and has the token. */
  private boolean leaves(Helper helper) {
    while (!token.compareAndSet(0, 1)) {
      if (helper.sleeps(0)) {
        return false;
      }
      Thread.onSpinWait();
    }
    remove(helper);
    all.remove(helper);
    giveToken();
    return true;
  }

  /** Takes out one that is among the idle. */
  private void remove(Helper helper) {
    if (idle.compareAndSet(helper, helper.below)) {
      return;
    }
    Helper above = Objects.requireNonNull(idle.get());
    while (above.below != helper) {
      above = Objects.requireNonNull(above.below);
    }
    above.below = helper.below;
  }

  /** Tells all to leave when nothing is queued: whether they have left. */
  boolean end() {
    closed = true;
    all.forEach(Helper::quit);
    return all.stream().allMatch(Scheduler::join);
  }
}
