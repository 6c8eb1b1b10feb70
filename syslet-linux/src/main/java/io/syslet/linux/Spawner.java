package io.syslet.linux;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Makes workers ahead of need, so that the way of a hand-over never waits for a thread to be made:
 * each time a processor has no spare left, half as many as it has, within the limit.
 */
final class Spawner extends Thread {
  private static final int MOST_AT_ONCE = 16;

  private final LinuxKernel kernel;
  private final ConcurrentLinkedQueue<Cpu> requests = new ConcurrentLinkedQueue<>();
  private final AtomicInteger workers = new AtomicInteger();
  private volatile int limit;
  private volatile int most;

  Spawner(LinuxKernel kernel, int limit) {
    super(null, null, "syslet-spawner", 0, false);
    this.kernel = kernel;
    this.limit = limit;
    setDaemon(true);
  }

  /** Asks for more spare workers on a processor. Any thread. */
  void request(Cpu cpu) {
    if (workers.get() < limit && cpu.askOnce()) {
      requests.add(cpu);
      LockSupport.unpark(this);
    }
  }

  /** Sets the limit: the old one. */
  synchronized int limit(int newLimit) {
    int old = limit;
    limit = newLimit;
    return old;
  }

  /** The greatest number of workers so far. */
  int most() {
    return most;
  }

  /** A worker has left. */
  void left() {
    workers.decrementAndGet();
  }

  @Override
  public void run() {
    while (!kernel.isClosed()) {
      Cpu cpu = requests.poll();
      if (cpu == null) {
        LockSupport.park(this);
      } else {
        cpu.asked();
        spawn(cpu, Math.clamp(cpu.workers() / 2, 1, MOST_AT_ONCE));
      }
    }
  }

  /** Makes up to {@code count} workers, and starts them. */
  void spawn(Cpu cpu, int count) {
    for (int i = 0; i < count && !kernel.isClosed(); i++) {
      Carrier carrier = reserve() ? kernel.newCarrier(cpu) : null;
      if (carrier == null || !start(carrier)) {
        return;
      }
    }
  }

  private boolean reserve() {
    int now = workers.incrementAndGet();
    if (now > limit) {
      workers.decrementAndGet();
      return false;
    }
    most = Math.max(most, now);
    return true;
  }

  private boolean start(@Nullable Carrier carrier) {
    try {
      if (carrier != null) {
        carrier.start();
      }
      return true;
    } catch (OutOfMemoryError e) {
      workers.decrementAndGet();
      return false;
    }
  }
}
