package io.syslet.kernel.sim;

import io.syslet.Errno;
import io.syslet.kernel.Uninterruptibly;
import java.util.concurrent.ExecutionException;
import java.util.function.ToLongFunction;

/**
 * Calls of host threads that are no tasks of the kernel. Each call is made by a task of its own,
 * with the id of the thread, and the machine runs until it has ended; it is never handed over.
 */
final class ForeignCalls {
  private final SimSystem system;

  @SuppressWarnings("ThreadLocalUsage") // one per kernel, of which there are few
  private final ThreadLocal<Long> ids;

  ForeignCalls(SimSystem system) {
    this.system = system;
    this.ids = ThreadLocal.withInitial(() -> system.driver.call(system::newId));
  }

  /**
   * Makes a call for the current thread. An interrupt of it interrupts the call.
   *
   * @return what the call says; −ESHUTDOWN if the machine has stopped for good.
   */
  long call(ToLongFunction<SimTask> call) {
    try {
      return make(call);
    } catch (IllegalStateException e) {
      if (system.driver.isAlive()) {
        throw e;
      }
      return -Errno.ESHUTDOWN;
    }
  }

  private long make(ToLongFunction<SimTask> call) {
    long id = ids.get();
    long[] result = new long[1];
    SimTask[] self = new SimTask[1];
    boolean started = system.driver.call(() -> start(id, self, result, call));
    if (!started) {
      return -Errno.ESHUTDOWN;
    }
    join(self[0]);
    return result[0];
  }

  /** Whether there still is a worker for it: the caller may have looked before the end began. */
  private boolean start(long id, SimTask[] self, long[] result, ToLongFunction<SimTask> call) {
    if (system.isSilent()) {
      return false;
    }
    self[0] = system.startForeign(id, kernel -> result[0] = self[0].boundary(call));
    return true;
  }

  private void join(SimTask task) {
    Uninterruptibly.repeat(
        () -> hasEnded(task), () -> system.machine.post(task.signals()::interrupt));
  }

  private static boolean hasEnded(SimTask task) throws InterruptedException {
    try {
      task.join();
      return true;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
