package io.syslet.threads;

import java.lang.reflect.Field;
import java.util.concurrent.ForkJoinPool;

/**
 * The scheduler of every virtual thread that names none: {@code VirtualThread.DEFAULT_SCHEDULER}, a
 * static final field. It is written before any code that reads it can have been compiled, since a
 * compiler takes such a field for a constant.
 */
final class DefaultScheduler {
  private DefaultScheduler() {}

  static void replace(ForkJoinPool scheduler) {
    try {
      Field field = Class.forName("java.lang.VirtualThread").getDeclaredField("DEFAULT_SCHEDULER");
      Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
      Object unsafe = type.getMethod("getUnsafe").invoke(null);
      Object base = type.getMethod("staticFieldBase", Field.class).invoke(unsafe, field);
      Object offset = type.getMethod("staticFieldOffset", Field.class).invoke(unsafe, field);
      type.getMethod("putReferenceVolatile", Object.class, long.class, Object.class)
          .invoke(unsafe, base, offset, scheduler);
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException(
          "this JDK has no VirtualThread.DEFAULT_SCHEDULER; 25 has", e);
    }
  }
}
