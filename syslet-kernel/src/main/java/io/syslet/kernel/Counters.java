package io.syslet.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What happens seldom enough to be counted with shared adders. Any thread may count. */
public final class Counters {
  /** Calls answered inline on their caller's own stack. */
  public final LongAdder inline = new LongAdder();

  /** Calls answered −ESYSLETPENDING. */
  public final LongAdder pending = new LongAdder();

  /** Calls made inline because the caller's frames could not be moved. */
  public final LongAdder pinned = new LongAdder();

  /** Sleeps of a worker that nobody took over. */
  public final LongAdder missed = new LongAdder();

  /** Calls that slept while no spare worker waited. */
  public final LongAdder noSpare = new LongAdder();

  /** Calls handed over whose worker had not slept. */
  public final LongAdder falseHandOvers = new LongAdder();

  /** Calls from threads that are no tasks of the kernel. */
  public final LongAdder foreign = new LongAdder();

  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger maxInFlight = new AtomicInteger();

  /** A call has become pending. */
  public void began() {
    pending.increment();
    int now = inFlight.incrementAndGet();
    if (now > maxInFlight.getPlain()) {
      maxInFlight.accumulateAndGet(now, Math::max);
    }
  }

  /** A pending call has ended. */
  public void ended() {
    inFlight.decrementAndGet();
  }

  /** Pending calls that have not ended. */
  public int inFlight() {
    return inFlight.get();
  }

  /** The greatest number in flight so far. */
  public int maxInFlight() {
    return maxInFlight.get();
  }
}
