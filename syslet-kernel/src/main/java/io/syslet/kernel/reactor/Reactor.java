package io.syslet.kernel.reactor;

import io.syslet.Program;
import io.syslet.kernel.Alarm;
import io.syslet.kernel.Alarms;
import io.syslet.kernel.Awaiter;
import io.syslet.kernel.Cancellation;
import io.syslet.kernel.Ending;
import io.syslet.kernel.PendingCall;
import io.syslet.kernel.StayedBehind;
import io.syslet.kernel.Submission;
import io.syslet.ring.Memory;
import io.syslet.table.CallTable;
import io.syslet.table.Trait;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a kernel that wait without a thread.
 *
 * <pre>
 *   task      tries the call: −EAGAIN; leaves it here, and goes on with −ESYSLETPENDING
 *   reactor   the descriptor is ready: tries it again, until it is made
 *             the rest of its program: what may sleep on a file is made by a worker
 *             the completion
 * </pre>
 *
 * Any thread may call; a thread of the reactor's own, which starts with the first call that waits
 * and leaves some time after the last one, ends them.
 */
public final class Reactor {
  final HostDoor door;
  private final Executor workers;
  private final Predicate<Program> launcher;
  private final Ending ending;
  private final Alarms alarms;
  final WaitRecorder recorder;

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<WaitingCall> calls = new HashSet<>();
  private final Watch watch;

  /** What ends calls before their time. */
  final Taker taker;

  private boolean canceling;
  private long cancelStatus;

  /**
   * Makes one at rest.
   *
   * @param workers makes calls that may sleep on a file.
   * @param launcher starts a task: false if there are no new tasks any more.
   * @param alarms end calls at workers whose deadline has passed.
   * @param idleNanos how long its thread stays without a call.
   * @param recorder is told of the calls.
   */
  @SuppressWarnings("this-escape") // nobody waits before the first call
  public Reactor(
      HostDoor door,
      Executor workers,
      Predicate<Program> launcher,
      Ending ending,
      Alarms alarms,
      long idleNanos,
      WaitRecorder recorder) {
    this.door = door;
    this.workers = workers;
    this.launcher = launcher;
    this.ending = ending;
    this.alarms = alarms;
    this.recorder = recorder;
    this.watch = new Watch(this, lock, idleNanos);
    this.taker = new Taker(this, watch, lock);
  }

  /** What makes the calls of a task with an id, or with 0 those of a worker. */
  public Awaiter awaiter(long task) {
    return new Attempt(this, task);
  }

  // ---- calls that begin to wait

  /** A call is about to wait: whether there is somebody to watch for it. */
  boolean opens(WaitingCall call) {
    lock.lock();
    try {
      call.isCounted = watch.opens();
      return call.isCounted;
    } finally {
      lock.unlock();
    }
  }

  /** Keeps the file of a descriptor for a call that is about to wait; null if that cannot be. */
  @Nullable WatchedFile keep(long fd, @Nullable FileKey key) {
    lock.lock();
    try {
      return watch.keep(fd, key);
    } finally {
      lock.unlock();
    }
  }

  /** A call that was about to wait does not. */
  void drop(WaitingCall call) {
    lock.lock();
    try {
      release(call);
    } finally {
      lock.unlock();
    }
  }

  private void release(WaitingCall call) {
    watch.release(call);
    if (call.isCounted) {
      call.isCounted = false;
      watch.leaves();
    }
  }

  /** A call that was prepared begins to wait, or ends at once in a kernel that is closed. */
  void begin(WaitingCall call) {
    boolean waits;
    boolean over;
    lock.lock();
    try {
      calls.add(call);
      over = canceling;
      waits = !over && watch.lists(call);
      call.state = waits ? WaitingCall.WAITING : WaitingCall.BUSY;
    } finally {
      lock.unlock();
    }
    if (over) {
      cancelled(call);
    } else if (!waits) {
      workers.execute(call);
    }
  }

  /** A call is over because the kernel ends. */
  void cancelled(WaitingCall call) {
    drop(call);
    ending.complete(call, call.submission, call.callerData, cancelStatus);
  }

  // ---- calls that end

  /** A call that was made is over, and the rest of its program goes on. */
  void finished(WaitingCall call, long status) {
    Times.tellRest(call, call.deadline, door);
    drop(call);
    boolean _ = ending.ended(call, call.submission, call.callerData, status);
  }

  /** A worker has made a call. */
  void returned(WaitingCall call, long status) {
    lock.lock();
    try {
      watch.returned(call);
    } finally {
      lock.unlock();
    }
    finished(call, status);
  }

  /** A worker is to make a call. */
  void lend(WaitingCall call) {
    workers.execute(call);
  }

  /** What makes the calls of a program on the current thread. */
  Awaiter ofThread() {
    return watch.isCurrent() ? watch.attempt() : awaiter(0);
  }

  /** A program has come to a call that may need a thread: its status, or that another makes it. */
  long next(WaitingCall call, Submission of) {
    call.become(of.call());
    if (neverSleeps(of)) {
      return call.make(door);
    }
    if (!watch.isCurrent()) {
      return call.atWorker();
    }
    workers.execute(call);
    return StayedBehind.MOVED;
  }

  private static boolean neverSleeps(Submission of) {
    return (CallTable.traits(Memory.getLong(of.call())) & Trait.NEVER_SLEEPS) != 0;
  }

  /** A call has ended with a status: whether nobody has completed it before. */
  boolean ends(WaitingCall call, long status) {
    Cancellation wish;
    boolean mine;
    lock.lock();
    try {
      calls.remove(call);
      wish = call.wish;
      mine = call.state == WaitingCall.BUSY;
      if (mine) {
        call.state = WaitingCall.ENDED;
      }
    } finally {
      lock.unlock();
    }
    if (wish != null) {
      wish.ended(status);
    }
    return mine;
  }

  /** The rest of a program is another's: false if it is to end, or has been completed. */
  boolean leaves(WaitingCall call) {
    lock.lock();
    try {
      boolean mine = call.state == WaitingCall.BUSY && call.wish == null;
      if (mine) {
        calls.remove(call);
        call.state = WaitingCall.ENDED;
      }
      return mine;
    } finally {
      lock.unlock();
    }
  }

  /** Starts a task. */
  boolean launch(Program frame) {
    return launcher.test(frame);
  }

  // ---- taking calls back

  /** Tells of each call that waits. Any thread. */
  public void each(Consumer<PendingCall> visitor) {
    for (WaitingCall call : all()) {
      visitor.accept(call);
    }
  }

  private WaitingCall[] all() {
    lock.lock();
    try {
      return calls.toArray(new WaitingCall[0]);
    } finally {
      lock.unlock();
    }
  }

  /** What ends a call at a worker whose deadline passes. */
  Alarm alarm(WaitingCall call) {
    return alarms.at(call, call.turn(), call.limit);
  }

  // ---- the end

  /** Completes the calls that wait, once each, and from now on those that begin to. */
  public void cancel(long status) {
    for (WaitingCall call : closing(status)) {
      taker.cancel(call, status);
    }
  }

  private WaitingCall[] closing(long status) {
    lock.lock();
    try {
      cancelStatus = status;
      canceling = true;
      return all();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread; no call begins to wait any more. */
  public void end() {
    watch.end();
  }
}
