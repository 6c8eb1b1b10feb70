package io.syslet.bench.wake;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A count and {@code LockSupport}: the least that the JDK's own sleeping and waking can cost. */
final class ParkBell implements Bell {
  private final AtomicInteger rung = new AtomicInteger();
  private volatile @Nullable Thread sleeper;

  @Override
  public void sleepUntil(int times) {
    sleeper = Thread.currentThread();
    while (rung.get() < times) {
      LockSupport.park(this);
    }
  }

  @Override
  public void ring() {
    rung.incrementAndGet();
    LockSupport.unpark(sleeper);
  }
}
