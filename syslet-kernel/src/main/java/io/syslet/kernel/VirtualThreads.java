package io.syslet.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;

/**
 * Virtual threads with a scheduler of our own: the one constructor of the JDK that takes one is not
 * public, so it is reached by reflection, and needs {@code --add-opens
 * java.base/java.lang=ALL-UNNAMED}, which the jar's manifest gives.
 */
public final class VirtualThreads {
  private static final MethodHandle NEW = constructor();

  private VirtualThreads() {}

  /** A virtual thread, not yet started, every continuation of which is given to the scheduler. */
  public static Thread create(Executor scheduler, String name, Runnable body) {
    try {
      return (Thread) NEW.invokeExact(scheduler, name, 0, body);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle constructor() {
    try {
      Class<?> type = Class.forName("java.lang.VirtualThread");
      MethodType parameters =
          MethodType.methodType(
              void.class, Executor.class, String.class, int.class, Runnable.class);
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
          .findConstructor(type, parameters)
          .asType(parameters.changeReturnType(Thread.class));
    } catch (IllegalAccessException e) {
      throw new UnsupportedOperationException(
          "the JVM was started without --add-opens java.base/java.lang=ALL-UNNAMED", e);
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException(
          "this JDK has no VirtualThread(Executor, String, int, Runnable); 25 has", e);
    }
  }
}
