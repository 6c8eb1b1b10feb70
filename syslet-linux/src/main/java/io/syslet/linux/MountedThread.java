package io.syslet.linux;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * The virtual thread of a continuation that the JDK has submitted. What it submits is {@code
 * this::runContinuation}, an object whose one field is the thread.
 */
public final class MountedThread {
  private MountedThread() {}

  /** The thread, or null if this is no continuation of one, or the JDK has changed. */
  public static @Nullable Thread of(Runnable continuation) {
    try {
      for (Field field : continuation.getClass().getDeclaredFields()) {
        if (Thread.class.isAssignableFrom(field.getType())) {
          field.setAccessible(true);
          return (Thread) field.get(continuation);
        }
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
    return null;
  }
}
