package io.syslet.ring;

import io.syslet.ring.WaitQueues.Waiter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One bucket: a stack of waiters that a waker takes whole.
 *
 * <pre>
 *   waiter                              waker
 *   push (CAS, full fence)              change the head (CAS, full fence)
 *   read the head again                 read the top
 *   park                                not empty: take all, unpark each
 * </pre>
 *
 * Whichever fence is first, the other side sees it: either the waiter reads the new head, or the
 * waker reads the new top. A waiter that leaves by itself stays in the stack until the next wake;
 * when many have left, one of them empties it.
 */
final class WaitBucket {
  private static final int MANY_LEFT = 64;
  private final AtomicReference<@Nullable Waiter> top = new AtomicReference<>();
  private final AtomicInteger left = new AtomicInteger();

  boolean isEmpty() {
    return top.get() == null;
  }

  Waiter enter() {
    return enter(new Waiter());
  }

  Waiter enter(Waiter waiter) {
    do {
      waiter.next = top.get();
    } while (!top.compareAndSet(waiter.next, waiter));
    return waiter;
  }

  void leave(Waiter waiter) {
    if (!waiter.signalled && left.incrementAndGet() >= MANY_LEFT) {
      wakeAll();
    }
  }

  int wakeAll() {
    if (isEmpty()) {
      return 0;
    }
    left.set(0);
    int woken = 0;
    for (Waiter waiter = top.getAndSet(null); waiter != null; woken++) {
      Waiter next = waiter.next;
      waiter.signal();
      waiter = next;
    }
    return woken;
  }
}
