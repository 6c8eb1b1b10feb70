package io.syslet.ring;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * A waiter that begins while the watch is about to drop the ring: RING. It must be woken by the
 * next completion of another process.
 */
final class WatchMain {
  private static final int ASLEEP = 2;
  private static final long A_WHILE = 50_000_000;
  private final CompletionRing ring;
  private final Path file;
  private final CountDownLatch dropping = new CountDownLatch(1);
  private final Semaphore goOn = new Semaphore(0);
  private volatile int outcome = 1;

  private WatchMain(Path file) throws IOException {
    this.file = file;
    this.ring = CompletionRing.create(file, 16, 5);
  }

  public static void main(String[] args) throws Exception {
    System.out.println(new WatchMain(Path.of(args[0])).run());
  }

  private int run() throws Exception {
    if (ring.await(0, 1, System.nanoTime() + 1) != -RingErrno.ETIME) {
      throw new AssertionError("not empty");
    }
    ProtocolStep.listener = this::at;
    produce();
    dropping.await();
    Thread waiter = Thread.ofPlatform().daemon().start(() -> outcome = ring.await(1));
    awaitParked(waiter);
    goOn.release();
    LockSupport.parkNanos(A_WHILE);
    awaitParked(waiter);
    produce();
    return waiter.join(Duration.ofSeconds(10)) ? outcome : ASLEEP;
  }

  /** Stops the watch. */
  private void at(int step) {
    if (step == ProtocolStep.WATCH_DROPS && dropping.getCount() > 0) {
      dropping.countDown();
      goOn.acquireUninterruptibly();
    }
  }

  private static void awaitParked(Thread waiter) {
    while (waiter.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  private void produce() throws Exception {
    Programs.finish(Programs.java(ProducerMain.class, List.of(), file, 0, 1));
  }
}
