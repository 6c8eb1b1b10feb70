package io.syslet.ring;

import static io.syslet.ring.RingErrno.EINVAL;
import static io.syslet.ring.RingErrno.ERESTARTSYS;
import static io.syslet.ring.RingErrno.ESHUTDOWN;
import static io.syslet.ring.RingErrno.ETIME;

import io.syslet.ring.WaitQueues.Waiter;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Sleeping in a bucket until a 32-bit index has moved far enough; for rings and completion words.
 */
final class RingWaiter {
  static final long NO_DEADLINE = Long.MAX_VALUE;

  /** There may always be another completion. */
  static final BooleanSupplier NEVER_SILENT = () -> false;

  /** What is waited for. */
  interface Index {
    /** The index now, volatile. */
    int now();

    /** 0, or a negative error that ends every wait. */
    int error();
  }

  private RingWaiter() {}

  static int await(
      Index index, WaitBucket bucket, int from, int min, long deadline, BooleanSupplier silent) {
    if (min < 0) {
      return -EINVAL;
    }
    int result = test(index, from, min, deadline, silent);
    while (result > 0) {
      Waiter waiter = bucket.enter();
      while ((result = test(index, from, min, deadline, silent)) > 0 && !waiter.signalled) {
        park(bucket, deadline);
      }
      bucket.leave(waiter);
    }
    return result;
  }

  /** 0 when the index has moved far enough, 1 when not. */
  static int test(Index index, int from, int min) {
    return Integer.compareUnsigned(index.now() - from, min) >= 0 ? 0 : 1;
  }

  /** 0 or an error ends the wait, 1 goes on. */
  private static int test(Index index, int from, int min, long deadline, BooleanSupplier silent) {
    int error = index.error();
    if (error != 0) {
      return error;
    }
    boolean last = silent.getAsBoolean();
    if (test(index, from, min) == 0) {
      return 0;
    }
    if (last) {
      return -ESHUTDOWN;
    }
    if (Thread.currentThread().isInterrupted()) {
      return -ERESTARTSYS;
    }
    return deadline != NO_DEADLINE && System.nanoTime() - deadline >= 0 ? -ETIME : 1;
  }

  private static void park(WaitBucket bucket, long deadline) {
    if (deadline == NO_DEADLINE) {
      LockSupport.park(bucket);
    } else {
      LockSupport.parkNanos(bucket, deadline - System.nanoTime());
    }
  }
}
