package io.syslet.threads;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** A program that knows nothing of us: it prints where its virtual threads run. */
final class PlainProgram {
  private PlainProgram() {}

  public static void main(String[] args) throws InterruptedException {
    LongAdder ended = new LongAdder();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 1000; i++) {
        var _ =
            threads.submit(
                () -> {
                  Thread.sleep(5);
                  ended.increment();
                  return null;
                });
      }
    }
    Thread.startVirtualThread(() -> System.out.println(Thread.currentThread())).join();
    System.out.println("ended " + ended);
  }
}
