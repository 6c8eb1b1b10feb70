package io.syslet.threads;

import java.util.concurrent.locks.LockSupport;

/** Collects garbage again and again, with 10 ms between. */
final class Collector {
  private static final long PAUSE = 10_000_000;

  private Collector() {}

  /** Does so as often as told. */
  static void collect(int times) {
    for (int i = 0; i < times; i++) {
      System.gc();
      LockSupport.parkNanos(PAUSE);
    }
  }

  /** Does so until the program ends, in a thread of its own. */
  static void start() {
    Thread.ofPlatform().daemon().start(() -> collect(Integer.MAX_VALUE));
  }
}
