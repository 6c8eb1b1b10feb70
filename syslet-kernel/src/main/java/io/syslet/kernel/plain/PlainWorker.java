package io.syslet.kernel.plain;

import io.syslet.CallSlots;
import io.syslet.Params;
import io.syslet.Program;
import io.syslet.kernel.Alarm;
import io.syslet.kernel.Awaiter;
import io.syslet.kernel.StayedBehind;
import io.syslet.kernel.Submission;
import io.syslet.kernel.Uninterruptibly;
import io.syslet.kernel.reactor.CallRegisters;
import io.syslet.kernel.reactor.HostDoor;
import io.syslet.ring.Memory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that makes one call at a time for a task.
 *
 * <pre>
 *   IDLE      --task: start----------------> CALLING
 *   CALLING   --worker: the call has ended-> DONE      the task takes the status, and gives it back
 *   CALLING   --its deadline is taken off--> ENDING    and then DONE
 *   CALLING   --task: goes on without it---> PENDING   the completion is the worker's to post
 *   PENDING   --worker: posts it-----------> IDLE      and goes back to the pool by itself
 *   PENDING   --whoever closes-------------> CANCELING to post the completion; the worker waits
 *   CANCELING --whoever closes: posted-----> CANCELED  the worker posts nothing
 *   IDLE      --pool-----------------------> QUIT
 * </pre>
 */
final class PlainWorker implements Runnable, StayedBehind {
  private static final int IDLE = 0;
  private static final int CALLING = 1;
  private static final int DONE = 2;
  private static final int PENDING = 3;
  private static final int CANCELING = 4;
  private static final int CANCELED = 5;
  private static final int QUIT = 6;
  private static final int ENDING = 7;

  private static final long SPIN_NANOS = 50_000;

  /** What others see of the call that it makes. */
  final HostThreadCall pending = new HostThreadCall();

  private final PlainKernel kernel;
  private final PlainWorkers pool;
  private final Thread thread;
  private final AtomicInteger state = new AtomicInteger(IDLE);
  private final CallRegisters call = new CallRegisters();
  private final HostDoor door = new PlainDoor.Own();
  private Submission submission = new Submission();
  private Submission blank = new Submission();
  private volatile long callerData;
  private volatile @Nullable Thread parked;
  private long status;
  private @Nullable Alarm alarm;
  private @Nullable Runnable job;
  private @Nullable Awaiter awaiter;

  PlainWorker(PlainKernel kernel, PlainWorkers pool, int number) {
    this.kernel = kernel;
    this.pool = pool;
    this.thread = PlainWorkers.thread("syslet-worker-" + number, this);
  }

  /** Starts the thread. */
  void begin() {
    thread.start();
  }

  /** Begins with something else than a task's call; the worker goes back to the pool by itself. */
  void start(Runnable work) {
    job = work;
    state.set(CALLING);
    LockSupport.unpark(thread);
  }

  // ---- the task's side

  /** Begins with the call at {@code slot}. */
  void start(long slot, Submission of) {
    call.load(slot);
    submission = of;
    callerData = Memory.getLong(slot + CallSlots.PARAMS + Params.CALLER_DATA);
    parked = null;
    long turn = pending.begin(slot);
    alarm = of.deadline() == 0 ? null : kernel.alarms().at(pending, turn, of.deadline());
    state.set(CALLING);
    LockSupport.unpark(thread);
  }

  /** Waits for the end of the call, for so many nanoseconds at most: whether it has come. */
  boolean endsWithin(long nanos) {
    long begin = System.nanoTime();
    for (long waited = 0; !isDone(); waited = System.nanoTime() - begin) {
      if (waited >= nanos) {
        return false;
      }
      if (waited < SPIN_NANOS) {
        kernel.pause();
      } else {
        parked = Thread.currentThread();
        if (!isDone()) {
          LockSupport.parkNanos(this, nanos - waited);
        }
      }
    }
    return true;
  }

  /** Waits for the end of the call with the thread parked, also if it is interrupted. */
  void await() {
    parked = Thread.currentThread();
    Uninterruptibly.park(this, this::isDone);
  }

  private boolean isDone() {
    return state.get() == DONE;
  }

  /** The status of a call that is done, or about to be; the worker is then free. */
  long take() {
    while (!isDone()) {
      kernel.pause();
    }
    long taken = status;
    state.set(IDLE);
    pool.giveBack(this);
    return taken;
  }

  /**
   * Goes on without the call: what completes the next one; null if this one has ended meanwhile.
   */
  @Nullable Submission leave() {
    Submission next = blank;
    return state.compareAndSet(CALLING, PENDING) ? next : null;
  }

  /** The call of a turn, at {@code slot}, goes on without its caller. */
  void handedOver(long turn, long slot, long target) {
    long data = Memory.getLong(slot + CallSlots.PARAMS + Params.CALLER_DATA);
    pending.handedOver(turn, slot, target, data);
  }

  // ---- the worker's side

  @Override
  public void run() {
    pending.onThisThread();
    while (awaitCall()) {
      if (job != null) {
        work(job);
        continue;
      }
      status = call.make(door);
      if (!isDoneInTime()) {
        finish();
      }
    }
    pool.left();
  }

  /** The call has ended: whether its caller is still there. */
  private boolean isDoneInTime() {
    boolean timed = alarm != null;
    if (!state.compareAndSet(CALLING, timed ? ENDING : DONE)) {
      return false;
    }
    if (timed) {
      status = pending.settled(status);
      endOf(status);
      state.set(DONE);
    }
    LockSupport.unpark(parked);
    return true;
  }

  private void endOf(long settled) {
    pending.end(settled);
    if (alarm != null) {
      alarm.disarm();
    }
  }

  private void work(Runnable work) {
    job = null;
    try {
      work.run();
    } finally {
      state.set(IDLE);
      pool.giveBack(this);
    }
  }

  /** The caller has gone on: makes the rest of its program, and posts the completion. */
  private void finish() {
    boolean isFree = false;
    try {
      isFree = kernel.ended(this, submission, callerData, status);
    } finally {
      blank = isFree ? submission : new Submission();
      state.set(IDLE);
      pool.finished(this);
    }
  }

  /** Sleeps until there is a call, whose caller may have gone on by then: false to leave. */
  private boolean awaitCall() {
    long begin = System.nanoTime();
    for (int now = state.get(); now == IDLE || now == DONE || now == QUIT; now = state.get()) {
      long slept = System.nanoTime() - begin;
      if (now == QUIT || (now == IDLE && slept > pool.idleNanos() && pool.retire(this))) {
        return false;
      }
      if (slept < SPIN_NANOS) {
        kernel.pause();
      } else {
        LockSupport.parkNanos(this, pool.idleNanos() + 1);
      }
    }
    return true;
  }

  /** Tells an idle worker, which is in no pool any more, to leave. */
  void quit() {
    state.set(QUIT);
    LockSupport.unpark(thread);
  }

  @Override
  public int asked() {
    return pending.asked();
  }

  @Override
  public long settled(long returned) {
    return pending.settled(returned);
  }

  @Override
  public boolean isCanceled() {
    return state.get() != PENDING;
  }

  @Override
  public @Nullable Awaiter awaiter() {
    if (awaiter == null && kernel.reactor != null) {
      awaiter = kernel.reactor.awaiter(0);
    }
    return awaiter;
  }

  @Override
  public boolean letsGo() {
    if (alarm != null) {
      alarm.disarm();
    }
    boolean goes = pending.leaves() && state.compareAndSet(PENDING, IDLE);
    if (goes) {
      pool.finishing();
    }
    return goes;
  }

  @Override
  public long next(Submission program) {
    callerData = program.callerData();
    call.load(program.call());
    int unwanted = pending.next(program.call(), program.target(), callerData);
    return unwanted != 0 ? -unwanted : pending.settled(call.make(door));
  }

  @Override
  public void post(Submission of, long data, long ended) {
    pool.finishing();
    endOf(ended);
    if (state.compareAndSet(PENDING, IDLE)) {
      of.complete(data, ended);
    }
    while (state.get() == CANCELING) {
      kernel.pause();
    }
  }

  @Override
  public boolean launch(Program frame) {
    return kernel.launch(frame);
  }

  // ---- the end

  /** Completes the pending call, if there is one, in the worker's place. Any thread may. */
  void cancel(long with) {
    if (state.compareAndSet(PENDING, CANCELING)) {
      submission.complete(callerData, with);
      kernel.giveFrame(submission);
      state.set(CANCELED);
    }
  }
}
