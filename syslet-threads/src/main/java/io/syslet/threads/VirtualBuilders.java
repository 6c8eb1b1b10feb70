package io.syslet.threads;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;

/**
 * The JDK's builder of virtual threads, with a scheduler of one's own. Its constructor is not
 * public, so it is reached by reflection, which needs {@code java.base/java.lang} to be open.
 */
final class VirtualBuilders {
  private static final MethodHandle NEW = constructor();

  private VirtualBuilders() {}

  /** A new builder, of virtual threads that the scheduler runs. */
  static Thread.Builder.OfVirtual on(Executor scheduler) {
    try {
      return (Thread.Builder.OfVirtual) NEW.invokeExact(scheduler);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Does nothing, if there is such a constructor. */
  static void check() {
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
