package io.syslet.linux;

import io.syslet.ring.HiddenFields;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * A thread that the JDK takes for a worker of a fork-join pool with more to do, as its own carriers
 * are. What passes things from hand to hand in {@code java.util.concurrent} looks for that: a
 * virtual thread that waits there spins for microseconds before it parks, unless its carrier is
 * such a worker. Nothing is ever queued in that pool.
 *
 * <p>Where a field is out of reach, the JDK sees a worker without work, and the stack is as large
 * as the JVM's are.
 */
abstract class PoolWorker extends ForkJoinWorkerThread {
  private static final ForkJoinPool NOBODYS = new ForkJoinPool(1);

  private static final long STACK_OWNER = HiddenFields.offset("java.lang.Thread", "holder");
  private static final long STACK_SIZE =
      HiddenFields.offset("java.lang.Thread$FieldHolder", "stackSize");
  private static final long QUEUE =
      HiddenFields.offset("java.util.concurrent.ForkJoinWorkerThread", "workQueue");
  private static final long QUEUE_TOP =
      HiddenFields.offset("java.util.concurrent.ForkJoinPool$WorkQueue", "top");

  /**
   * A thread, not yet started.
   *
   * @param stackSize bytes of stack.
   */
  PoolWorker(String name, int stackSize) {
    super(null, NOBODYS, false);
    setName(name);
    if (STACK_OWNER != HiddenFields.NONE && STACK_SIZE != HiddenFields.NONE) {
      HiddenFields.putLong(field(STACK_OWNER), STACK_SIZE, stackSize);
    }
    if (isBusy()) {
      HiddenFields.putInt(field(QUEUE), QUEUE_TOP, 1);
    }
  }

  private Object field(long offset) {
    return Objects.requireNonNull(HiddenFields.get(this, offset));
  }

  /** Whether the JDK sees one with work. */
  static boolean isBusy() {
    return QUEUE != HiddenFields.NONE && QUEUE_TOP != HiddenFields.NONE;
  }

  @Override
  public abstract void run();
}
