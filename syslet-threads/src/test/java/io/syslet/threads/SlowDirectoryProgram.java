package io.syslet.threads;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code SlowDirectoryProgram FOLDER THREADS}: so many virtual threads ask for a name each in a
 * folder that answers late, while one ticks; it prints how often that ticked until all were
 * answered, and what the MXBean said meanwhile and afterwards.
 */
final class SlowDirectoryProgram {
  private SlowDirectoryProgram() {}

  public static void main(String[] args) throws Exception {
    AtomicInteger ticks = new AtomicInteger();
    AtomicInteger answered = new AtomicInteger();
    AtomicBoolean stop = new AtomicBoolean();
    Thread ticker = Thread.startVirtualThread(() -> tick(ticks, stop));
    ThreadletsMXBean figures = Managed.await();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      Path name = Path.of(args[0], "n" + i);
      threads.add(Thread.startVirtualThread(() -> ask(name, answered)));
    }
    int before = ticks.get();
    int blocked = 0;
    while (answered.get() < threads.size()) {
      blocked = Math.max(blocked, figures.getBlocked());
      Thread.sleep(1);
    }
    System.out.println("ticks " + (ticks.get() - before));
    System.out.println("blocked " + blocked);
    for (Thread thread : threads) {
      thread.join();
    }
    stop.set(true);
    ticker.join();
    System.out.println("answered " + answered);
    System.out.println("starved " + figures.getStarved());
    System.out.println("replacements " + figures.getReplacements());
    System.out.println("workers " + figures.getMostWorkers());
  }

  private static void tick(AtomicInteger ticks, AtomicBoolean stop) {
    try {
      while (!stop.get()) {
        Thread.sleep(1);
        ticks.incrementAndGet();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void ask(Path name, AtomicInteger answered) {
    if (Files.exists(name)) {
      answered.incrementAndGet();
    }
  }
}
