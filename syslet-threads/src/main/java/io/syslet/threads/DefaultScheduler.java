package io.syslet.threads;

import io.syslet.ring.HiddenFields;
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
      HiddenFields.putStatic("java.lang.VirtualThread", "DEFAULT_SCHEDULER", scheduler);
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException(
          "this JDK has no VirtualThread.DEFAULT_SCHEDULER; 25 has", e);
    }
  }
}
