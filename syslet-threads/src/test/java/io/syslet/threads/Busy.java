package io.syslet.threads;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Virtual threads that do what goes wrong easily until they are told to end: readers sleep in
 * native code, one sleeps a millisecond at a time, two pass a ball.
 */
final class Busy {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final List<Thread> threads = new ArrayList<>();
  private final LongAdder reads = new LongAdder();
  private final LongAdder ticks = new LongAdder();
  private final Ball ball = Ball.start(Integer.MAX_VALUE);
  private volatile boolean stop;

  private Busy() {}

  /** Starts them; so many readers, each of which sleeps so long at a time. */
  static Busy start(int readers, int micros) {
    Busy busy = new Busy();
    for (int i = 0; i < readers; i++) {
      busy.threads.add(Thread.startVirtualThread(() -> busy.read(micros)));
    }
    busy.threads.add(Thread.startVirtualThread(busy::tick));
    return busy;
  }

  @SuppressWarnings("ThreadPriorityCheck")
  private void read(int micros) {
    while (!stop) {
      NativeSleep.micros(micros);
      reads.increment();
      Thread.yield(); // the next one begins on a worker that has a processor
    }
  }

  private void tick() {
    try {
      while (!stop) {
        Thread.sleep(1);
        ticks.increment();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How often a reader has slept. */
  long reads() {
    return reads.sum();
  }

  /** How often the one that sleeps a millisecond has. */
  long ticks() {
    return ticks.sum();
  }

  /** How often the ball was passed. */
  int passes() {
    return ball.passes();
  }

  /** Prints what they have done so far, a line for each. */
  void report() {
    System.out.println("reads " + reads);
    System.out.println("ticks " + ticks);
    System.out.println("passes " + ball.passes());
  }

  /** Has all of them end, and waits until they have. */
  void stop() throws InterruptedException {
    stop = true;
    ball.drop();
    for (Thread thread : threads) {
      end(thread);
    }
    for (Thread thread : ball.players()) {
      end(thread);
    }
  }

  private static void end(Thread thread) throws InterruptedException {
    if (!thread.join(LONG)) {
      throw new IllegalStateException(thread + " hangs: " + List.of(thread.getStackTrace()));
    }
  }
}
