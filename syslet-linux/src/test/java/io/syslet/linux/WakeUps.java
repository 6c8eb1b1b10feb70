package io.syslet.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;

/**
 * A program that passes batons and sleeps on a scheduler, while workers sleep in native code, the
 * memory is collected every ten milliseconds, and stacks are dumped and flight-recorded all the
 * time. Ends with 0 when nobody has waited for ever.
 */
final class WakeUps {
  private static final int READERS = 8;
  private static final int PAIRS = 4;
  private static final int SLEEPERS = 200;

  private WakeUps() {}

  public static void main(String[] arguments) throws Exception {
    int passes = Integer.parseInt(arguments[0]);
    int sleeps = Integer.parseInt(arguments[1]);
    try (Scheduler scheduler = Scheduler.open(SchedulerOptions.defaults());
        NativePipe pipe = new NativePipe();
        Recording recording = new Recording()) {
      recording.start();
      Thread collector = disturb(System::gc);
      List<Thread> threads = new ArrayList<>(Threads.start(scheduler, READERS, pipe::await));
      for (int i = 0; i < PAIRS; i++) {
        threads.addAll(pair(scheduler, passes / PAIRS));
      }
      threads.addAll(Threads.start(scheduler, SLEEPERS, () -> sleep(sleeps / SLEEPERS)));
      Thread dumper = disturb(() -> dump(threads));
      List<Thread> passing = threads.subList(READERS, threads.size());
      Threads.join(passing);
      pipe.feed(READERS);
      Threads.join(threads);
      collector.interrupt();
      dumper.interrupt();
      collector.join();
      dumper.join();
      checkSpares(scheduler);
    }
  }

  private static List<Thread> pair(Scheduler scheduler, int passes) {
    AtomicInteger baton = new AtomicInteger();
    Thread[] both = new Thread[2];
    List<Thread> pair = Threads.prepare(scheduler, 2, () -> pass(baton, both, passes));
    pair.toArray(both);
    pair.forEach(Thread::start);
    return pair;
  }

  private static void pass(AtomicInteger baton, Thread[] both, int passes) {
    int me = Thread.currentThread() == both[0] ? 0 : 1;
    for (int i = 0; i < passes; i++) {
      while (baton.get() % 2 != me) {
        LockSupport.park();
      }
      baton.incrementAndGet();
      LockSupport.unpark(both[1 - me]);
    }
  }

  private static void sleep(int times) {
    for (int i = 0; i < times; i++) {
      Threads.sleep(1);
    }
  }

  private static Thread disturb(Runnable how) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                how.run();
                LockSupport.parkNanos(10_000_000);
              }
            });
  }

  private static void dump(List<Thread> threads) {
    for (Thread thread : threads) {
      StackTraceElement[] _ = thread.getStackTrace();
    }
    Thread.getAllStackTraces();
  }

  private static void checkSpares(Scheduler scheduler) throws InterruptedException {
    Threads.until(
        () -> SchedulerRecord.spares(scheduler.record) == scheduler.stats().workers(),
        "all workers are spares again");
  }
}
