package io.syslet.kernel.sim;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The deterministic machine: one processor, one host thread, virtual time. Time passes only when a
 * thread of the machine {@linkplain #charge uses} the processor, or when none can run and the next
 * event is due.
 *
 * <p>Threads that may run wait in one queue, first in, first out; who has used up its slice while
 * others wait goes to the end. Events are interrupts: they happen between two threads, or while one
 * charges. No thread is stopped anywhere else.
 */
final class VirtualMachine extends MachineCore {
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private final CostModel costs;
  private final EventHeap events = new EventHeap();
  private final ConcurrentLinkedQueue<Runnable> posted = new ConcurrentLinkedQueue<>();
  private long now;
  private @Nullable Worker first;
  private @Nullable Worker tail;
  private @Nullable Worker running;
  private @Nullable Worker previous;
  private long sliceEnd;
  private boolean inEvent;
  private @Nullable Throwable failure;

  @SuppressWarnings("ThreadJoinLoop")
  private volatile @Nullable Thread host;

  VirtualMachine(SimOptions options) {
    super(options);
    this.costs = options.costs();
  }

  /** The one host thread, from now on. */
  void runsOn(Thread thread) {
    host = thread;
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  SimThread current() {
    Worker worker = running;
    if (worker == null || inEvent) {
      throw new IllegalStateException(
          "nobody to sleep: this is " + (inEvent ? "an event" : "no task"));
    }
    return worker;
  }

  /** The thread that runs, or null. */
  @Nullable SimThread runningOrNull() {
    return running;
  }

  /** The worker that runs, or null. */
  @Nullable Worker running() {
    return running;
  }

  // ---- threads

  @Override
  void ready(SimThread thread) {
    Worker worker = (Worker) thread;
    worker.next = null;
    if (tail == null) {
      first = worker;
    } else {
      tail.next = worker;
    }
    tail = worker;
  }

  /**
   * A spare has been handed a user: it may run when the scheduler has noticed. Meanwhile the call
   * may end, and others may run.
   */
  void readyAfterHandOver(Worker spare) {
    long latency = Math.max(costs.handOver() - costs.contextSwitch(), 0);
    at(now + latency, () -> ready(spare));
  }

  @Override
  void yieldProcessor() {
    SimThread worker = current();
    ready(worker);
    worker.leave();
  }

  /**
   * Goes one step: runs the next thread until it leaves, or else the next event.
   *
   * @return false if there is neither.
   * @throws IllegalStateException when the machine has stopped because of a failure of its own.
   */
  boolean step() {
    runPosted();
    advance(now);
    Worker worker = first;
    if (worker != null) {
      run(worker);
    } else if (!happen(Long.MAX_VALUE)) {
      return false;
    }
    check();
    return true;
  }

  private void run(Worker worker) {
    first = worker.next;
    if (first == null) {
      tail = null;
    }
    worker.next = null;
    if (worker != previous) {
      advance(now + costs.contextSwitch());
    }
    SimTask task = worker.task();
    trace().event("run", worker.id(), task == null ? 0 : task.id());
    sliceEnd = now + costs.slice();
    previous = worker;
    running = worker;
    worker.enter();
    running = null;
  }

  // ---- time

  @Override
  Event schedule(long when, Runnable event) {
    return events.add(when, event);
  }

  @Override
  void cancel(Event event) {
    events.remove(event);
  }

  @Override
  public void charge(long nanos) {
    if (running == null || inEvent) {
      return;
    }
    advance(now + nanos);
    if (now >= sliceEnd) {
      if (first == null) {
        sliceEnd = now + costs.slice();
      } else {
        trace().event("preempt", running.id());
        yieldProcessor();
      }
    }
  }

  private void advance(long to) {
    while (happen(to)) {}
    now = Math.max(now, to);
  }

  /** Lets the next event happen, if it is due by then: whether there was one. */
  private boolean happen(long by) {
    if (events.next() > by) {
      return false;
    }
    Event event = events.poll();
    if (event == null) {
      return false;
    }
    now = Math.max(now, event.when);
    boolean nested = inEvent;
    inEvent = true;
    try {
      event.action.run();
    } catch (Throwable e) {
      stop(e);
    } finally {
      inEvent = nested;
    }
    return true;
  }

  // ---- failures, and the world outside

  /** The machine cannot go on: one of its own parts has failed. */
  void stop(Throwable thrown) {
    if (failure == null) {
      failure = thrown;
    }
  }

  private void check() {
    if (failure != null) {
      throw new IllegalStateException("the machine has stopped at " + now + " ns", failure);
    }
  }

  /** Whether the caller is inside: the machine's thread, or the program that runs on it. */
  boolean isHost() {
    Thread caller = Thread.currentThread();
    return caller == host || isRunningProgram(caller);
  }

  private boolean isRunningProgram(Thread caller) {
    Worker worker = running;
    SimTask task = worker == null ? null : worker.task();
    return task != null && task.user().thread() == caller;
  }

  /** Has the machine do something soon. Any thread. */
  void post(Runnable action) {
    posted.add(action);
    LockSupport.unpark(host);
  }

  /** Does what was posted. */
  void runPosted() {
    for (Runnable action = posted.poll(); action != null; action = posted.poll()) {
      action.run();
    }
  }

  /** Waits in real time until something is posted: whether it was. */
  boolean awaitPost() {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (posted.isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(this, deadline - System.nanoTime());
    }
    return !posted.isEmpty();
  }
}
