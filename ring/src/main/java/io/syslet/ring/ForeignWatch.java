package io.syslet.ring;

import java.lang.foreign.Arena;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.agrona.UnsafeApi;

/**
 * One thread of the process that sleeps, by futex, on the heads of all shared rings that somebody
 * in the process waits for, and wakes those, who are parked in their buckets.
 *
 * <p>So a waiting task never holds a carrier and every waiter can be interrupted.
 *
 * <pre>
 *   waiter                               watch                         foreign producer
 *   sleepers++
 *   not watched: add, kick
 *   enters the bucket
 *   reads the head; parks
 *                                        sets its waiters bit (fence)
 *                                        reads the head as lastHead
 *                                        wakes the bucket once
 *   reads the head; parks                                              moves the head (fence)
 *                                                                      waiters: FUTEX_WAKE
 *                                        head is not lastHead: wakes
 *                                        the bucket
 * </pre>
 *
 * A ring nobody sleeps on is dropped at the next change of its head. Every tenth of a second the
 * watch looks for dead participants and torn files.
 */
final class ForeignWatch implements Runnable {
  private static final long TICK_NANOS = 100_000_000;
  private static final long POLL_NANOS = 1_000_000;
  private static final ForeignWatch INSTANCE = new ForeignWatch();

  private final CopyOnWriteArrayList<Watched> rings = new CopyOnWriteArrayList<>();
  private final long kicks = Arena.global().allocate(64, 64).address();
  private final Futex futex = new Futex();
  private boolean moved;

  /** A ring and what to do for it now and then. */
  record Watched(SharedRing ring, Recovery recovery) {}

  private ForeignWatch() {
    Thread.ofPlatform().daemon().name("syslet-ring-watch").start(this);
  }

  static void add(SharedRing ring, Recovery recovery) {
    if (ring.watched.compareAndSet(false, true)) {
      INSTANCE.enter(new Watched(ring, recovery));
    }
  }

  private void enter(Watched watched) {
    watched.ring.memory.setWaiter(watched.ring.slot);
    ProtocolStep.at(ProtocolStep.WAITER_SET);
    watched.ring.lastHead = watched.ring.memory.headVolatile();
    rings.add(watched);
    UnsafeApi.getAndAddInt(null, kicks, 1);
    Futex.wakeAll(kicks);
  }

  @Override
  @SuppressWarnings("InfiniteLoopStatement")
  public void run() {
    int lastKick = 0;
    for (long tick = System.nanoTime() + TICK_NANOS; ; ) {
      int kick = UnsafeApi.getIntVolatile(null, kicks);
      boolean due = System.nanoTime() - tick >= 0;
      tick = due ? System.nanoTime() + TICK_NANOS : tick;
      boolean idle = !lookAtAll(kick, due) && kick == lastKick;
      lastKick = kick;
      boolean slept = futex.waitAny(rings.isEmpty() ? Long.MAX_VALUE : tick);
      if (!slept && idle) {
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
  }

  /** Returns whether a head has moved. */
  private boolean lookAtAll(int kick, boolean due) {
    futex.clear();
    futex.add(kicks, kick);
    moved = false;
    for (Watched watched : rings) {
      look(watched, due);
    }
    return moved;
  }

  private void look(Watched watched, boolean due) {
    try {
      boolean gone = watched.ring.isClosed() || (due && watched.ring.isTorn());
      if (gone || !relay(watched, due)) {
        drop(watched, gone);
      }
    } catch (InternalError e) {
      drop(watched, true);
    }
  }

  /** Returns whether to go on watching. */
  private boolean relay(Watched watched, boolean due) {
    SharedRing ring = watched.ring;
    if (due) {
      ring.recover(watched.recovery);
    }
    int head = ring.memory.headVolatile();
    futex.add(ring.memory.base, head);
    if (head == ring.lastHead) {
      return true;
    }
    moved = true;
    ring.lastHead = head;
    ring.bucket.wakeAll();
    EventFd eventFd = ring.eventFd;
    if (eventFd != null) {
      eventFd.signal();
      return true;
    }
    return ring.sleepers.get() > 0;
  }

  private void drop(Watched watched, boolean gone) {
    SharedRing ring = watched.ring;
    rings.remove(watched);
    if (!gone) {
      ring.memory.clearWaiter(ring.slot);
    }
    ring.watched.set(false);
    if (gone) {
      ring.torn = !ring.isClosed();
    } else if (ring.sleepers.get() > 0) {
      add(ring, watched.recovery);
    }
    ring.bucket.wakeAll();
  }
}
