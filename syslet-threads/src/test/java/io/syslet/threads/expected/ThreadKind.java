package io.syslet.threads.expected;

import io.syslet.threads.Threadlets;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Whose virtual threads. */
enum ThreadKind {
  JDK,
  THREADLET;

  /** A builder of them. */
  Thread.Builder.OfVirtual builder() {
    return this == JDK ? Thread.ofVirtual() : Threadlets.ofVirtual();
  }

  /** Starts one. */
  Thread start(Body body) {
    return builder().start(body);
  }

  /** What a body returns or throws, in a thread of its own. */
  <T> T call(Callable<T> body) throws Exception {
    FutureTask<T> task = new FutureTask<>(body);
    builder().start(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  /** What a thread does; whatever it throws is uncaught. */
  interface Body extends Runnable {
    void body() throws Exception;

    @Override
    default void run() {
      try {
        body();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
