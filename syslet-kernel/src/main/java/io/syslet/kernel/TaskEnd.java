package io.syslet.kernel;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The end of a task: who joins it waits for that, and is told what the program has thrown. Any
 * thread may wait; one thread says that the program has failed, and then that the task has ended.
 */
public final class TaskEnd {
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile @Nullable Throwable failure;

  /** Makes an end that has not come. */
  public TaskEnd() {}

  /** Notes what the program has thrown; before {@link #come}. */
  public void failed(Throwable thrown) {
    failure = thrown;
  }

  /** The task has ended: who waits goes on. */
  public void come() {
    over.countDown();
  }

  /** Whether the task has ended. */
  public boolean hasCome() {
    return over.getCount() == 0;
  }

  /**
   * Waits until the task has ended: {@link io.syslet.Task#join}.
   *
   * @throws ExecutionException with what the program has thrown.
   */
  public void join() throws InterruptedException, ExecutionException {
    over.await();
    rethrow();
  }

  /**
   * Does nothing if the program has thrown nothing.
   *
   * @throws ExecutionException with what the program has thrown.
   */
  public void rethrow() throws ExecutionException {
    Throwable thrown = failure;
    if (thrown != null) {
      throw new ExecutionException(thrown);
    }
  }
}
