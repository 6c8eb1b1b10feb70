package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Nr;
import java.time.Instant;

/**
 * nanosleep and clock_nanosleep on the real-time and the monotonic clock. A sleep until a time of
 * day looks at that each second, since the clock may be set.
 */
final class SleepRule extends Rule {
  private static final int CLOCK_REALTIME = 0;
  private static final int CLOCK_MONOTONIC = 1;
  private static final int TIMER_ABSTIME = 1;
  private static final int TIMESPEC = 16;
  private static final long NANOS = 1_000_000_000;
  private static final long LOOK_NANOS = NANOS;

  /** Of one host call: a hundred years. */
  private static final long MOST_NANOS = Long.MAX_VALUE / 3;

  private final boolean hasClock;

  SleepRule(boolean hasClock) {
    this.hasClock = hasClock;
  }

  @Override
  void start(Operation op) {
    op.isAlone = true;
    int request = hasClock ? 2 : 0;
    long clock = hasClock ? op.intArgument(0) : CLOCK_MONOTONIC;
    long time = op.scratch + Scratch.TIME;
    if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC) {
      op.done(-Errno.EINVAL);
    } else if (op.copyIn(op.argument(request), TIMESPEC, time) < 0) {
      op.done(-Errno.EFAULT);
    } else {
      begin(op, Waiting.nanos(time), clock == CLOCK_REALTIME);
    }
  }

  private void begin(Operation op, long nanos, boolean isRealTime) {
    if (nanos < 0) {
      op.done(-Errno.EINVAL);
      return;
    }
    boolean isAbsolute = hasClock && (op.intArgument(1) & TIMER_ABSTIME) != 0;
    if (!isAbsolute) {
      op.deadline = Waiting.deadline(nanos);
      op.step = 0;
    } else {
      op.deadline = nanos;
      op.step = isRealTime ? 1 : 0;
    }
    if (op.mayWait) {
      sleep(op, left(op));
    } else {
      op.refuse();
    }
  }

  /** Of the sleep: on the clock that its end was given in. */
  private static long left(Operation op) {
    return op.step == 0 ? Waiting.left(op.deadline) : realTimeLeft(op.deadline);
  }

  private static long realTimeLeft(long end) {
    Instant now = Instant.now();
    long left = end - now.getEpochSecond() * NANOS - now.getNano();
    return Math.clamp(left, 0, LOOK_NANOS);
  }

  private static void sleep(Operation op, long nanos) {
    op.await(Nr.NANOSLEEP, Waiting.timespec(op, Math.min(nanos, MOST_NANOS)), 0, 0, 0);
  }

  @Override
  void ended(Operation op, long result) {
    long left = left(op);
    if (result < 0 || left == 0) {
      op.done(result);
    } else if (op.isUnwanted()) {
      op.done(-Errno.ECANCELED);
    } else {
      sleep(op, left);
    }
  }
}
