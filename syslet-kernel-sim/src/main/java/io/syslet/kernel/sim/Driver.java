package io.syslet.kernel.sim;

import io.syslet.kernel.TaskEnd;
import io.syslet.kernel.Uninterruptibly;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The host thread on which the machine runs while somebody outside waits for it; in between it
 * stands still. So it does not matter when the outside asks for something, nor from which thread,
 * nor what monitors that one holds.
 */
final class Driver extends Thread {
  private static final long LOOK_MILLIS = 100;

  private final SimSystem system;
  private final VirtualMachine machine;
  private final ArrayList<Wait> waits = new ArrayList<>();
  private boolean ended;

  Driver(SimSystem system) {
    super("syslet-sim");
    this.system = system;
    this.machine = system.machine;
    setDaemon(true);
  }

  /**
   * Has the machine's thread do something between two steps, and waits for it. Interrupts wait too.
   *
   * @throws RuntimeException that the action threw.
   */
  <T> T call(Callable<T> action) {
    if (machine.isHost()) {
      return result(action);
    }
    Answer<T> answer = new Answer<>();
    machine.post(() -> answer.fill(action));
    while (!Uninterruptibly.await(answer.done, LOOK_MILLIS)) {
      checkAlive();
    }
    return answer.get();
  }

  /** {@link #call} of what returns nothing. */
  void run(Runnable action) {
    call(
        () -> {
          action.run();
          return true;
        });
  }

  private static <T> T result(Callable<T> action) {
    try {
      return action.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs the machine until a task has come to its end.
   *
   * @throws InterruptedException if the waiting thread is interrupted; the machine stands still
   *     then, unless others wait.
   * @throws DeadlockException if nothing can bring it about any more.
   */
  void drive(TaskEnd end) throws InterruptedException {
    Wait wait = new Wait(end);
    machine.post(() -> waits.add(wait));
    try {
      while (!wait.over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        checkAlive();
      }
    } catch (InterruptedException e) {
      machine.post(() -> waits.remove(wait));
      throw e;
    }
    RuntimeException failure = wait.failure;
    if (failure != null) {
      throw failure;
    }
  }

  private void checkAlive() {
    if (!isAlive()) {
      throw new IllegalStateException("the kernel is closed");
    }
  }

  /** Ends the thread: the machine never runs again. */
  void end() {
    machine.post(() -> ended = true);
  }

  @Override
  public void run() {
    machine.runsOn(this);
    while (!ended) {
      machine.runPosted();
      if (!areAllOver()) {
        step();
      } else if (!ended) {
        LockSupport.park(this);
      }
    }
  }

  private void step() {
    try {
      boolean stuck = !machine.step() && !(system.parked() > 0 && machine.awaitPost());
      if (stuck && !areAllOver()) {
        fail(system.deadlock());
      }
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  /** Tells those whose end has come; the last step may have brought it. */
  private boolean areAllOver() {
    waits.removeIf(Wait::isOver);
    return waits.isEmpty();
  }

  private void fail(RuntimeException why) {
    waits.forEach(wait -> wait.fail(why));
    waits.clear();
  }

  /** Somebody outside who waits for something to end. */
  private static final class Wait {
    final CountDownLatch over = new CountDownLatch(1);
    volatile @Nullable RuntimeException failure;
    private final TaskEnd end;

    Wait(TaskEnd end) {
      this.end = end;
    }

    boolean isOver() {
      if (end.hasCome()) {
        over.countDown();
      }
      return end.hasCome();
    }

    void fail(RuntimeException why) {
      failure = why;
      over.countDown();
    }
  }

  /** What an action has returned, or thrown. */
  private static final class Answer<T> {
    final CountDownLatch done = new CountDownLatch(1);
    private @Nullable T value;
    private @Nullable RuntimeException failure;

    void fill(Callable<T> action) {
      try {
        value = result(action);
      } catch (RuntimeException e) {
        failure = e;
      } catch (Error e) {
        failure = new IllegalStateException(e);
      }
      done.countDown();
    }

    @SuppressWarnings("NullAway") // the action says whether it may be null
    T get() {
      if (failure != null) {
        throw failure;
      }
      return value;
    }
  }
}
