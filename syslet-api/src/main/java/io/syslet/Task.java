package io.syslet;

import java.util.concurrent.ExecutionException;

/** A program under way. */
public interface Task {
  /** The stable task id, positive: what {@code gettid} answers inside it. */
  long id();

  /**
   * Waits for the program's end. Any thread may, and any number of times.
   *
   * @throws ExecutionException with the program's exception, if that ended it.
   * @throws InterruptedException if the waiting thread is interrupted.
   */
  void join() throws InterruptedException, ExecutionException;
}
