package io.syslet.linux;

import io.syslet.kernel.VirtualThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Virtual threads on a scheduler, for tests. */
final class Threads {
  private static final Duration LONG =
      Boolean.getBoolean("syslet.long") ? Duration.ofMinutes(30) : Duration.ofSeconds(60);

  private Threads() {}

  /** Starts so many that do the same. */
  static List<Thread> start(Scheduler scheduler, int count, Runnable body) {
    List<Thread> threads = prepare(scheduler, count, body);
    threads.forEach(Thread::start);
    return threads;
  }

  /** Makes so many that do the same, not yet started. */
  static List<Thread> prepare(Scheduler scheduler, int count, Runnable body) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      threads.add(VirtualThreads.create(scheduler, "thread-" + i, body));
    }
    return threads;
  }

  /** Waits until all have ended; fails if one does not. */
  static void join(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      if (!thread.join(LONG)) {
        throw new AssertionError(thread + " does not end: " + thread.getState());
      }
    }
  }

  /** Takes a spare worker, so that no detector can have it. */
  static Carrier takeSpare(Scheduler scheduler) throws InterruptedException {
    AtomicReference<@Nullable Carrier> spare = new AtomicReference<>();
    until(
        () -> {
          spare.set(scheduler.spares.take());
          return spare.get() != null;
        },
        "a spare stands by");
    return Objects.requireNonNull(spare.get());
  }

  /** Waits until something holds; fails if it does not come. */
  static void until(BooleanSupplier holds, String what) throws InterruptedException {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("never: " + what);
      }
      Thread.sleep(1);
    }
  }

  /** Sleeps as a virtual thread does. */
  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
