package io.syslet.client;

import io.syslet.client.wire.Welcome;
import io.syslet.kernel.Nanos;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Connects again and again, at growing intervals, until it works, is refused, or takes too long.
 */
final class Resumption {
  private static final long FIRST_NANOS = 5_000_000;
  private static final long LONGEST_NANOS = 500_000_000;

  /** Connects once. */
  interface Attempt {
    Welcome connect() throws IOException;
  }

  private Resumption() {}

  /**
   * Tries.
   *
   * @param patience for how long.
   * @param isClosed whether it is not wanted any more.
   * @return what the server said; null if the session is lost.
   */
  static @Nullable Welcome attempt(Duration patience, BooleanSupplier isClosed, Attempt attempt) {
    long deadline = System.nanoTime() + Nanos.of(patience);
    long pause = FIRST_NANOS;
    while (!isClosed.getAsBoolean() && System.nanoTime() - deadline < 0) {
      try {
        return attempt.connect();
      } catch (RefusedException e) {
        if (!e.isPassing()) {
          return null;
        }
      } catch (IOException e) {
        // The server may be on its way back.
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(2 * pause, LONGEST_NANOS);
    }
    return null;
  }
}
