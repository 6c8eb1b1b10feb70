package io.syslet.ring;

import java.lang.foreign.Arena;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread of the process that sleeps, by futex, on the heads of all shared rings that somebody
 * in the process waits for, and wakes those, who are parked in their buckets.
 *
 * <p>So a waiting task never holds a carrier and every waiter can be interrupted.
 *
 * <pre>
 *   waiter                               who comes first, for the watch foreign producer
 *   sleepers++
 *   not watched: comes first
 *   enters the bucket
 *   reads the head; parks
 *                                        sets its waiters bit (fence)
 *                                        reads the head as lastHead
 *                                        adds the ring, kicks the watch
 *                                        wakes the bucket once
 *   reads the head; parks                                              moves the head (fence)
 *                                                                      waiters: FUTEX_WAKE
 *                                        watch: head is not lastHead: wakes
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

  private final CopyOnWriteArrayList<RingParticipant> rings = new CopyOnWriteArrayList<>();
  private final long kicks = Arena.global().allocate(64, 64).address();
  private final Futex futex = new Futex();
  private boolean moved;

  private ForeignWatch() {
    Thread.ofPlatform().daemon().name("syslet-ring-watch").start(this);
  }

  static void add(RingParticipant ring) {
    if (ring.watched.compareAndSet(false, true)) {
      ProtocolStep.at(ProtocolStep.WATCH_CLAIMED);
      INSTANCE.enter(ring);
    }
  }

  private void enter(RingParticipant ring) {
    ring.memory.setWaiter(ring.slot);
    ProtocolStep.at(ProtocolStep.WAITER_SET);
    ring.lastHead = ring.memory.headVolatile();
    rings.add(ring);
    Memory.getAndAddInt(kicks, 1);
    Futex.wakeAll(kicks);
    tell(ring);
  }

  private static void tell(RingParticipant ring) {
    ring.bucket.wakeAll();
    EventFd eventFd = ring.eventFd;
    if (eventFd != null) {
      eventFd.signal();
    }
  }

  @Override
  @SuppressWarnings("InfiniteLoopStatement")
  public void run() {
    int lastKick = 0;
    for (long tick = System.nanoTime() + TICK_NANOS; ; ) {
      int kick = Memory.getIntVolatile(kicks);
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
    for (RingParticipant ring : rings) {
      look(ring, due);
    }
    return moved;
  }

  private void look(RingParticipant ring, boolean due) {
    try {
      boolean gone = ring.isClosed() || (due && ring.isTorn());
      if (gone || !relay(ring, due)) {
        drop(ring, gone);
      }
    } catch (InternalError e) {
      drop(ring, true);
    }
  }

  /** Returns whether to go on watching. */
  private boolean relay(RingParticipant ring, boolean due) {
    if (due) {
      ring.recover();
    }
    int head = ring.memory.headVolatile();
    futex.add(ring.memory.base, head);
    if (head == ring.lastHead) {
      return true;
    }
    moved = true;
    ring.lastHead = head;
    tell(ring);
    return isWanted(ring);
  }

  private static boolean isWanted(RingParticipant ring) {
    return ring.sleepers.get() > 0 || ring.eventFd != null;
  }

  private void drop(RingParticipant ring, boolean gone) {
    ProtocolStep.at(ProtocolStep.WATCH_DROPS);
    rings.remove(ring);
    if (!gone) {
      ring.memory.clearWaiter(ring.slot);
    }
    ring.watched.set(false);
    if (gone) {
      ring.torn = !ring.isClosed();
    } else if (isWanted(ring)) {
      add(ring);
    }
    ring.bucket.wakeAll();
  }
}
