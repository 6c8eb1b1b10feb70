package io.syslet.linux;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether the continuation of a task may run.
 *
 * <p>The JDK's own state does not say whether a continuation may run. A thread dump suspends a
 * thread that has yielded (a run at that moment does nothing), and submits it again afterwards;
 * unparkers and timers submit as well. So there is a state of ours, and a continuation is run by
 * the carrier that owns RUNNING, and by nobody else:
 *
 * <pre>
 *   IDLE     --submitted--------> READY     given to the scheduler
 *   READY    --taken by carrier-> RUNNING   also while the carrier makes the task's call
 *   RUNNING  --submitted--------> NOTED
 *   RUNNING  --run returned-----> IDLE      it parked, or ended, or was suspended by a dump
 *   NOTED    --run returned-----> READY
 * </pre>
 *
 * A submission while READY or NOTED changes nothing. One that comes from the carrier itself,
 * because the task has yielded for a call, is not one. Why nothing is lost: if {@code run} did
 * nothing because of a dump, the dump's submission comes later, and finds either RUNNING (then
 * NOTED, then READY) or IDLE. Why no continuation runs while its call is being made: a submission
 * then makes NOTED of RUNNING at most, and only the owner of RUNNING leaves that.
 */
final class RunState {
  private static final int IDLE = 0;
  private static final int READY = 1;
  private static final int RUNNING = 2;
  private static final int NOTED = 3;

  private final AtomicInteger state = new AtomicInteger(IDLE);

  /** The JDK submits the continuation: whether it is to be given to the scheduler. Any thread. */
  boolean submitted() {
    for (; ; ) {
      int now = state.get();
      if (now == READY || now == NOTED) {
        return false;
      }
      if (state.compareAndSet(now, now == IDLE ? READY : NOTED)) {
        return now == IDLE;
      }
    }
  }

  /** A carrier has taken it out of the queue. */
  void taken() {
    state.set(RUNNING);
  }

  /** Its owner gives it to the scheduler. */
  void ready() {
    state.set(READY);
  }

  /** It has returned from a run: whether it has nothing to do. */
  boolean stops() {
    return state.compareAndSet(RUNNING, IDLE);
  }
}
