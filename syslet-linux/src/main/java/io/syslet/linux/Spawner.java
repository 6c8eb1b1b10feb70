package io.syslet.linux;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes workers and sentinels ahead of need, so that the way of a hand-over never waits for a
 * thread to be made: whenever fewer spares stand by than a quarter of all workers, half as many as
 * there are, within the limit.
 */
final class Spawner extends Thread {
  private static final int LEAST_SPARES = 2;
  private static final int MOST_AT_ONCE = 16;

  /** How many workers there may be. */
  final WorkerLimit limit;

  private final Scheduler scheduler;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final ConcurrentLinkedQueue<Integer> sentinels = new ConcurrentLinkedQueue<>();
  private final AtomicInteger workers = new AtomicInteger();
  private final AtomicInteger starting = new AtomicInteger();

  Spawner(Scheduler scheduler, WorkerLimit limit) {
    super(null, null, scheduler.options.name() + "-spawner", 0, false);
    this.scheduler = scheduler;
    this.limit = limit;
    setDaemon(true);
  }

  /** Asks for more spare workers if few are left. Any thread. */
  void refill() {
    if (isLow() && asked.compareAndSet(false, true)) {
      LockSupport.unpark(this);
    }
  }

  private boolean isLow() {
    int now = workers.get();
    long spares = SchedulerRecord.spares(scheduler.record) + starting.get();
    return now < limit.all() && spares < LEAST_SPARES + now / 4;
  }

  /** Asks for the sentinel of a CPU. Any thread. */
  void requestSentinel(int number) {
    sentinels.add(number);
    LockSupport.unpark(this);
  }

  /** The greatest number of workers so far. */
  int most() {
    return SchedulerRecord.most(scheduler.record);
  }

  /** How many workers there are. */
  int workers() {
    return workers.get();
  }

  /** A worker wants to leave: whether it may, with so many that have to stay. */
  boolean retire(int least) {
    for (int now = workers.get(); now > least; now = workers.get()) {
      if (workers.compareAndSet(now, now - 1)) {
        return true;
      }
    }
    return false;
  }

  /** A worker that was to leave stays. */
  void stays() {
    workers.incrementAndGet();
  }

  /** A worker that was made runs now. */
  void started() {
    starting.decrementAndGet();
  }

  /** A worker leaves since the scheduler ends. */
  void left() {
    workers.decrementAndGet();
  }

  @Override
  public void run() {
    while (!scheduler.isClosed()) {
      Integer cpu = sentinels.poll();
      if (cpu != null) {
        scheduler.sentinels.make(cpu);
      } else if (asked.getAndSet(false)) {
        spawn(Math.clamp(workers.get() / 2, LEAST_SPARES, MOST_AT_ONCE));
        refill();
      } else {
        LockSupport.park(this);
      }
    }
  }

  /** Makes up to {@code count} workers, and starts them. */
  void spawn(int count) {
    for (int i = 0; i < count && !scheduler.isClosed() && reserve(); i++) {
      if (!makes()) {
        return;
      }
    }
  }

  private boolean reserve() {
    int now = workers.incrementAndGet();
    if (now > limit.all()) {
      workers.decrementAndGet();
      return false;
    }
    SchedulerRecord.setMost(scheduler.record, Math.max(most(), now));
    return true;
  }

  /** Makes a worker that is counted already, and starts it: false for want of memory. */
  private boolean makes() {
    Carrier carrier = null;
    starting.incrementAndGet();
    try {
      carrier = scheduler.carriers.make();
      carrier.start();
      return true;
    } catch (OutOfMemoryError e) {
      starting.decrementAndGet();
      workers.decrementAndGet();
      if (carrier != null) {
        scheduler.carriers.left(carrier);
      }
      return false;
    }
  }
}
