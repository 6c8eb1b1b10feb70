package io.syslet.ring;

import static io.syslet.ring.RingErrno.EFAULT;
import static io.syslet.ring.RingErrno.EINVAL;

import java.lang.ref.Reference;
import java.util.function.BooleanSupplier;

/** Waiting for a {@link CompletionRing}, as kernels do it for their programs. */
public final class RingWaits {
  private final CompletionRing ring;
  private final RingWaiter.Index index = new Head();

  RingWaits(CompletionRing ring) {
    this.ring = ring;
  }

  /**
   * {@link CompletionRing#await(long, int, long)} for the completions of somebody who may fall
   * silent.
   *
   * @param silent whether no completion will come any more. Who makes it true has posted the last
   *     one before, and calls {@link WaitQueues#wakeEverybody} afterwards.
   * @return as there; −ESHUTDOWN when it is silent, and the completions are not there
   */
  public int await(long userIndex, int min, long deadlineNanos, BooleanSupplier silent) {
    if (min > ring.elements()) {
      return -EINVAL;
    }
    if (!ring.isAlive()) {
      return -EFAULT;
    }
    ring.beginWait();
    try {
      ring.watch();
      return ring.edge(
          RingWaiter.await(index, ring.bucket, (int) userIndex, min, deadlineNanos, silent));
    } catch (InternalError e) {
      return ring.fault(e);
    } finally {
      ring.endWait();
      Reference.reachabilityFence(ring.segment);
    }
  }

  /**
   * How a wait would end now, without waiting.
   *
   * @return 0; 1 if it would wait; −EFAULT; −EINVAL
   */
  public int poll(long userIndex, int min) {
    if (min < 0 || min > ring.elements()) {
      return -EINVAL;
    }
    int error = index.error();
    return error != 0 ? error : RingWaiter.test(index, (int) userIndex, min);
  }

  /** Has an action run at the next wake-up of the ring's bucket: a wait without a thread. */
  public WakeUp onWake(Runnable action) {
    ring.beginWait();
    ring.watch();
    return new WakeUp(ring.bucket, action, ring::endWait);
  }

  /** Wakes every waiter of the ring's bucket, spuriously. Any thread. Returns how many. */
  public int wakeAll() {
    return ring.bucket.wakeAll();
  }

  private final class Head implements RingWaiter.Index {
    @Override
    public int now() {
      return ring.memory.headVolatile();
    }

    @Override
    public int error() {
      return ring.isGone() ? -EFAULT : 0;
    }
  }
}
