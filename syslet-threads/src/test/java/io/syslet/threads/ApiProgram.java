package io.syslet.threads;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.LongAdder;

/** A program that asks for threadlets by name, and says whether it got any. */
final class ApiProgram {
  private ApiProgram() {}

  public static void main(String[] args) {
    LongAdder ended = new LongAdder();
    try (ExecutorService threads = Threadlets.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 1000; i++) {
        threads.execute(ended::increment);
      }
    }
    System.out.println("active " + Threadlets.isActive());
    System.out.println("why " + Threadlets.whyNot().orElse(""));
    System.out.println("ended " + ended);
  }
}
