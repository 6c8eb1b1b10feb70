package io.syslet.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;

/**
 * Virtual threads with a scheduler of our own: the constructor of the JDK's builder that takes one
 * is not public, so it is reached by reflection, and needs {@code --add-opens
 * java.base/java.lang=ALL-UNNAMED}, which the jar's manifest gives.
 */
public final class VirtualThreads {
  private static final MethodHandle NEW = constructor();

  private VirtualThreads() {}

  /** A builder of virtual threads every continuation of which is given to the scheduler. */
  public static Thread.Builder.OfVirtual builder(Executor scheduler) {
    try {
      return (Thread.Builder.OfVirtual) NEW.invokeExact(scheduler);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Such a thread, not yet started. */
  public static Thread create(Executor scheduler, String name, Runnable body) {
    return builder(scheduler).name(name).unstarted(body);
  }

  /**
   * Does nothing, if there are such builders.
   *
   * @throws LinkageError if there are none, with an {@link UnsupportedOperationException} that says
   *     why for a cause.
   */
  public static void check() {
    assert NEW != null;
  }

  private static MethodHandle constructor() {
    try {
      Class<?> type = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder");
      MethodType parameters = MethodType.methodType(void.class, Executor.class);
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
          .findConstructor(type, parameters)
          .asType(parameters.changeReturnType(Thread.Builder.OfVirtual.class));
    } catch (IllegalAccessException e) {
      throw new UnsupportedOperationException(
          "the JVM was started without --add-opens java.base/java.lang=ALL-UNNAMED", e);
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException(
          "this JDK has no VirtualThreadBuilder(Executor); 25 has", e);
    }
  }
}
