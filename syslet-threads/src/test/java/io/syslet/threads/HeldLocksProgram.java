package io.syslet.threads;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Virtual threads sleep on their workers while they hold what all others want: a monitor, a lock, a
 * class's initialization, the lock of a pipe's reader. Prints how many got it, of each, and what
 * the MXBean says.
 */
final class HeldLocksProgram {
  private static final int THREADS = 64;
  private static final int TURNS = 5;
  private static final int MICROS = 1_000;
  private static final int LONG_MICROS = 200_000;

  private HeldLocksProgram() {}

  public static void main(String[] args) throws Exception {
    ThreadletsMXBean figures = Managed.await();
    Busy busy = Busy.start(0, 0);
    Object monitor = new Object();
    crowd("monitor", TURNS, () -> sleepIn(monitor));
    Lock lock = new ReentrantLock();
    crowd("lock", TURNS, () -> sleepUnder(lock));
    crowd("class", 1, () -> NativeSleep.micros(Late.MICROS));
    Process child = new ProcessBuilder("sh", "-c", "sleep 0.2; printf %064d 0").start();
    try (InputStream in = child.getInputStream()) {
      crowd("pipe", 1, () -> read(in));
    }
    busy.report();
    busy.stop();
    System.out.println("workers " + figures.getMostWorkers());
    System.out.println("blocked " + Settled.blocked(figures));
  }

  private static void crowd(String what, int turns, Runnable body) throws InterruptedException {
    LongAdder ended = new LongAdder();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(Thread.startVirtualThread(() -> take(turns, body, ended)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println(what + " " + ended);
  }

  private static void take(int turns, Runnable body, LongAdder ended) {
    for (int i = 0; i < turns; i++) {
      body.run();
    }
    ended.increment();
  }

  private static void sleepIn(Object monitor) {
    synchronized (monitor) {
      NativeSleep.micros(MICROS);
    }
  }

  private static void sleepUnder(Lock lock) {
    lock.lock();
    try {
      NativeSleep.micros(MICROS);
    } finally {
      lock.unlock();
    }
  }

  private static void read(InputStream in) {
    try {
      if (in.read() != '0') {
        throw new IllegalStateException("the pipe has ended");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A class whose first user sleeps, and all others wait for it. */
  private static final class Late {
    static final int MICROS = late();

    private static int late() {
      NativeSleep.micros(LONG_MICROS);
      return 1;
    }
  }
}
