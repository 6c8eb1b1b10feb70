package io.syslet.kernel.sim;

import io.syslet.kernel.ChildThreads;
import io.syslet.kernel.VirtualThreads;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The user's side of a task: a virtual thread whose scheduler is the machine. A worker enters it,
 * and it runs on the worker's stack until it leaves with a request, parks, or ends; another worker
 * may enter it next. The program meets the same {@link Thread}, with its thread locals and
 * monitors, whichever worker it is.
 */
final class UserContext implements Executor {
  /** It asks for nothing: it has parked, yielded, or was suspended by a thread dump. */
  static final int NOTHING = 0;

  /** It wants its worker to make calls. */
  static final int CALLS = 1;

  /** It sleeps in a call on its own stack, or was preempted there: the worker leaves with it. */
  static final int AWAY = 2;

  /** Its program has ended. */
  static final int ENDED = 3;

  private final Thread thread;
  private final Runnable runnable;
  private @Nullable Runnable continuation;
  private volatile boolean submitted;
  private int request;

  /**
   * Makes a context.
   *
   * @param runnable told, by any thread, that the thread may be entered again after it has parked.
   */
  UserContext(String name, Runnable body, Runnable runnable) {
    this.runnable = runnable;
    this.thread =
        VirtualThreads.create(
            this,
            name,
            () -> {
              body.run();
              request = ENDED;
            });
  }

  Thread thread() {
    return thread;
  }

  void start() {
    thread.start();
  }

  /** Runs the user until it wants something: what. Called by its worker. */
  int enter() {
    request = NOTHING;
    submitted = false;
    Runnable user = continuation;
    if (user != null) {
      user.run();
    }
    int wanted = request;
    request = NOTHING;
    return wanted;
  }

  /** Whether it has been submitted since it was entered. */
  boolean isSubmitted() {
    return submitted;
  }

  /**
   * Leaves to the worker with a request. Called by the user.
   *
   * @return whether it did; false if a native frame or a class initialiser is on the stack, so that
   *     it cannot be left.
   */
  @SuppressWarnings("ThreadPriorityCheck") // yielding is how the worker gets the request
  boolean leave(int wanted) {
    request = wanted;
    Thread.yield();
    boolean left = request == NOTHING;
    request = NOTHING;
    return left;
  }

  /** The JDK submits a continuation: ours, or that of a thread which the task has started. */
  @Override
  public void execute(Runnable wanted) {
    if (continuation == null) {
      continuation = wanted;
    }
    if (wanted != continuation) {
      ChildThreads.execute(wanted);
    } else if (!submitted) {
      submitted = true;
      runnable.run();
    }
  }
}
