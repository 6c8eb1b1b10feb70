package io.syslet.threads;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * {@code WakeUpsProgram PASSES SLEEPS}: two virtual threads pass a ball so often by parking, and a
 * hundred sleep so often together, a millisecond at a time, while garbage is collected. Prints how
 * often they did, unless one is never woken.
 */
final class WakeUpsProgram {
  private static final int SLEEPERS = 100;

  private WakeUpsProgram() {}

  public static void main(String[] args) throws InterruptedException {
    Collector.start();
    Ball ball = Ball.start(Integer.parseInt(args[0]));
    int each = Integer.parseInt(args[1]) / SLEEPERS;
    LongAdder sleeps = new LongAdder();
    List<Thread> threads = new ArrayList<>(ball.players());
    for (int i = 0; i < SLEEPERS; i++) {
      threads.add(Thread.startVirtualThread(() -> sleep(each, sleeps)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println("passes " + ball.passes());
    System.out.println("sleeps " + sleeps);
  }

  private static void sleep(int times, LongAdder sleeps) {
    try {
      for (int i = 0; i < times; i++) {
        Thread.sleep(1);
        sleeps.increment();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
