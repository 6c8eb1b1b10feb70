package io.syslet.threads.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many virtual threads of the JDK that do one thing. */
final class Crowd {
  private Crowd() {}

  /** Runs it in so many threads at once, and adds what they return. */
  static long sum(int threads, Callable<Integer> body) throws Exception {
    long sum = 0;
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(executor.submit(body));
      }
      for (Future<Integer> each : all) {
        sum += each.get();
      }
    }
    return sum;
  }

  /** Prints what a test looks for, and on whose carriers it ran. */
  static void report(long sum) throws Exception {
    Thread.startVirtualThread(() -> System.out.println(Thread.currentThread())).join();
    System.out.println("sum " + sum);
  }
}
