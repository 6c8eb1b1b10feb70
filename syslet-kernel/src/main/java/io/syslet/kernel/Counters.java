package io.syslet.kernel;

import io.syslet.KernelStats;
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
  private final AtomicInteger posting = new AtomicInteger();

  /**
   * What has been counted so far.
   *
   * @param moreInline calls completed inline that were counted elsewhere.
   * @param moreNoSpare calls without a spare worker that were counted elsewhere.
   * @param workers as in {@link KernelStats}.
   * @param detector as in {@link KernelStats}.
   */
  public KernelStats stats(long moreInline, long moreNoSpare, long workers, String detector) {
    long calls = pending.sum();
    long ownStack = inline.sum() + moreInline;
    return new KernelStats(
        ownStack + calls,
        ownStack,
        calls,
        missed.sum(),
        pinned.sum(),
        noSpare.sum() + moreNoSpare,
        falseHandOvers.sum(),
        foreign.sum(),
        Math.max(inFlight(), 0),
        maxInFlight(),
        workers,
        detector);
  }

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

  /** A completion is about to be posted; before {@link #ended}, so that no call is in neither. */
  void posts() {
    posting.incrementAndGet();
  }

  /** The completion has been posted. */
  void posted() {
    posting.decrementAndGet();
  }

  /** Whether each pending call has ended, and its completion is in its place. */
  public boolean isQuiet() {
    return inFlight.get() == 0 && !isPosting();
  }

  /** Whether a completion is on its way to its place. */
  boolean isPosting() {
    return posting.get() != 0;
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
