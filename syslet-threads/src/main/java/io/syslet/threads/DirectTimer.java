package io.syslet.threads;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * The timer of threads that sleep: the delay scheduler of a {@link ForkJoinPool}, told to run what
 * is due on its own thread. A pool's {@code schedule} gives it to a worker first, which is a switch
 * to another thread on the way of each wake-up; but what wakes a virtual thread only queues it. The
 * way without is not public, and needs {@code java.base/java.util.concurrent} to be open.
 *
 * <p>A record, so that the compiler takes the handles for constants.
 */
record DirectTimer(MethodHandle make, MethodHandle start) {
  private static final String TIMER = "java.util.concurrent.DelayScheduler";
  private static final @Nullable Class<?> THREAD = timer();

  /** Whether a thread is the timer of a pool. */
  static boolean isTimer(Thread thread) {
    return thread.getClass() == THREAD;
  }

  private static @Nullable Class<?> timer() {
    try {
      return Class.forName(TIMER);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  /** The JDK's, or null if it is not open to us. */
  static @Nullable DirectTimer find() {
    try {
      Class<?> type = Class.forName(TIMER + "$ScheduledForkJoinTask");
      MethodHandles.Lookup in = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
      MethodType task =
          MethodType.methodType(
              void.class,
              long.class,
              long.class,
              boolean.class,
              Runnable.class,
              Callable.class,
              ForkJoinPool.class);
      MethodType nothing = MethodType.methodType(void.class);
      return new DirectTimer(
          in.findConstructor(type, task).asType(task.changeReturnType(ScheduledFuture.class)),
          in.findVirtual(type, "schedule", nothing)
              .asType(nothing.insertParameterTypes(0, ScheduledFuture.class)));
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /**
   * Has a command run after a delay, on the thread of the pool's timer; it must not block.
   *
   * @param nanos the delay, nanoseconds; at once if negative.
   */
  ScheduledFuture<?> schedule(ForkJoinPool pool, Runnable command, long nanos) {
    try {
      ScheduledFuture<?> task =
          (ScheduledFuture<?>) make.invokeExact(nanos, 0L, true, command, (Callable<?>) null, pool);
      start.invokeExact(task);
      return task;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
