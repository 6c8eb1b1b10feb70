package io.syslet.kernel.coroutine;

import io.syslet.Errno;
import org.jspecify.annotations.Nullable;

/**
 * Runs something in a coroutine of its own, and waits for it only so long.
 *
 * <p>Source: QEMU's {@code qemu_co_timeout}.
 */
public final class CoTimeout {
  private final CoSleep waiting = new CoSleep();
  private @Nullable Throwable failure;
  private boolean ended;
  private boolean late;

  private CoTimeout() {}

  /**
   * Runs an entry, and waits for its end. It is not stopped when the time is over: it goes on, and
   * what it throws then reaches whoever enters it.
   *
   * @param ns to wait; 0 is for ever, in the caller's own coroutine.
   * @return 0 when it has ended in time, else −ETIMEDOUT.
   */
  public static int run(Clock clock, long ns, String name, CoroutineEntry entry) {
    if (ns == 0) {
      entry.run(null);
      return 0;
    }
    return new CoTimeout().await(clock, ns, name, entry);
  }

  private int await(Clock clock, long ns, String name, CoroutineEntry entry) {
    Coroutine.running("waits for " + name).sibling(name, argument -> runToEnd(entry)).enter();
    late = !ended && waiting.sleepNs(clock, ns) && !ended;
    if (failure instanceof RuntimeException thrown) {
      throw thrown;
    }
    if (failure instanceof Error thrown) {
      throw thrown;
    }
    return late ? -Errno.ETIMEDOUT : 0;
  }

  private void runToEnd(CoroutineEntry entry) {
    try {
      entry.run(null);
    } catch (RuntimeException | Error thrown) {
      if (late) {
        throw thrown;
      }
      failure = thrown;
    } finally {
      ended = true;
      waiting.wake();
    }
  }
}
