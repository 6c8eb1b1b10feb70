package io.syslet.kernel.coroutine;

import org.jspecify.annotations.Nullable;

/** What a coroutine runs. When it returns or throws, the coroutine has finished. */
@FunctionalInterface
public interface CoroutineEntry {
  /**
   * Runs the coroutine.
   *
   * @param argument of the first {@link Coroutine#enter}.
   */
  void run(@Nullable Object argument);
}
