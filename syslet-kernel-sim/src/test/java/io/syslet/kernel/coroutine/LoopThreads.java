package io.syslet.kernel.coroutine;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Event loops in threads of their own. */
final class LoopThreads implements AutoCloseable {
  private final List<LoopThread> threads;

  LoopThreads(int count) {
    threads = IntStream.range(0, count).mapToObj(LoopThread::new).toList();
    threads.forEach(Thread::start);
  }

  EventLoop loop(int index) {
    return threads.get(index).loop;
  }

  /** Whether the caller runs in the thread of that loop. */
  boolean isIn(int index) {
    return HeldMonitors.thread() == threads.get(index);
  }

  /** Ends the loops; what went wrong in one is thrown. */
  @Override
  public void close() {
    for (LoopThread thread : threads) {
      thread.loop.post(() -> thread.done = true);
      join(thread);
    }
    for (LoopThread thread : threads) {
      if (thread.failure != null) {
        throw new AssertionError(thread.failure);
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static final class LoopThread extends Thread {
    private final EventLoop loop;
    private @Nullable Throwable failure;
    private boolean done;

    LoopThread(int index) {
      super("loop " + index);
      loop = new EventLoop("loop " + index, Time.real());
      setDaemon(true);
    }

    @Override
    public void run() {
      while (!done) {
        try {
          loop.runUntil(() -> done);
        } catch (RuntimeException | Error e) {
          failure = e;
        }
      }
    }
  }
}
