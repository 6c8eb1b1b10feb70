package io.syslet.bench.coroutine;

import io.syslet.kernel.VirtualThreads;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's virtual threads, with a scheduler that runs them in the calling thread: to enter is to
 * run what the scheduler was given, to yield is {@link Thread#yield}. One cannot be entered from
 * another: a nested one is started, and runs when the one that started it waits for its end.
 */
@SuppressWarnings("ThreadPriorityCheck")
final class VirtualThreadCoroutines implements CoroutineSubject {
  /** One virtual thread, or several that wait for each other, and what of theirs is to be run. */
  private static final class Threads implements Co, Executor {
    private final ArrayDeque<Runnable> ready = new ArrayDeque<>(1);
    private @Nullable Thread outermost;
    private boolean begun;

    Threads start(Runnable body) {
      Thread thread = VirtualThreads.create(this, "virtual", body);
      if (!begun) {
        begun = true;
        outermost = thread;
      } else {
        thread.start();
        join(thread);
      }
      return this;
    }

    @Override
    public void execute(Runnable continuation) {
      ready.add(continuation);
    }

    @Override
    public void enter() {
      if (outermost != null) {
        outermost.start();
        outermost = null;
      }
      ready.removeFirst().run();
    }
  }

  @Override
  public Co counter(long[] count) {
    return new Threads().start(() -> count[0]++);
  }

  @Override
  public Co yielder(long[] count) {
    return new Threads()
        .start(
            () -> {
              while (true) {
                count[0]++;
                Thread.yield();
              }
            });
  }

  @Override
  public Co nest(int depth, long[] count) {
    Threads all = new Threads();
    all.start(() -> body(all, depth, count));
    return () -> {
      do {
        all.enter();
      } while (!all.ready.isEmpty());
    };
  }

  private static void body(Threads all, int depth, long[] count) {
    count[0]++;
    if (depth > 1) {
      all.start(() -> body(all, depth - 1, count));
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
