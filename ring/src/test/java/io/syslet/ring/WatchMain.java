package io.syslet.ring;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Who begins to wait at a moment that is not good: RING WHEN. It must hear of the next completion
 * of another process: prints 0.
 */
final class WatchMain {
  private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));
  private static final int EFD_NONBLOCK = 0x800;
  private static final int ASLEEP = 2;
  private static final long A_WHILE = 50_000_000;
  private static final long MOST = 10_000_000_000L;
  private final CompletionRing ring;
  private final Path file;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Semaphore goOn = new Semaphore(0);
  private volatile int outcome = 1;

  private WatchMain(Path file) throws IOException {
    this.file = file;
    this.ring = CompletionRing.create(file, 16, 5);
  }

  public static void main(String[] args) throws Exception {
    WatchMain main = new WatchMain(Path.of(args[0]));
    System.out.println(
        switch (args[1]) {
          case "drops" -> main.waitsWhileTheWatchDrops();
          case "begins" -> main.waitsWhileAnotherBegins();
          default -> main.attachesWhileTheWatchDrops();
        });
  }

  private int waitsWhileTheWatchDrops() throws Exception {
    stopDrop();
    Thread waiter = waiter(1);
    goOn.release();
    LockSupport.parkNanos(A_WHILE);
    awaitParked(waiter);
    produce();
    return end(waiter);
  }

  /** The producer lives on: its death would be a reason to wake everybody. */
  private int waitsWhileAnotherBegins() throws Exception {
    stopAt(ProtocolStep.WATCH_CLAIMED);
    Thread first = Thread.ofPlatform().daemon().start(() -> ring.await(0));
    stopped.await();
    Thread waiter = waiter(0);
    Process producer = Programs.java(ProducerMain.class, List.of(), file, 0, 1, "stays");
    producer.inputReader().readLine();
    goOn.release();
    first.join();
    int result = end(waiter);
    producer.destroyForcibly().waitFor();
    return result;
  }

  private int attachesWhileTheWatchDrops() throws Exception {
    int fd = (int) HostCalls.call(ARM ? 19 : 290, 0, EFD_NONBLOCK, 0, 0, 0, 0);
    stopDrop();
    ring.attachEventFd(fd);
    goOn.release();
    boolean isWatched = isSignalled(fd);
    produce();
    return isWatched && isSignalled(fd) ? 0 : ASLEEP;
  }

  /** Stops the watch when it is about to drop the ring, of which one completion is there. */
  private void stopDrop() throws Exception {
    if (ring.await(0, 1, System.nanoTime() + 1) != -RingErrno.ETIME) {
      throw new AssertionError("not empty");
    }
    stopAt(ProtocolStep.WATCH_DROPS);
    produce();
    stopped.await();
  }

  private void stopAt(int where) {
    ProtocolStep.listener =
        step -> {
          if (step == where && stopped.getCount() > 0) {
            stopped.countDown();
            goOn.acquireUninterruptibly();
          }
        };
  }

  private Thread waiter(int index) {
    Thread waiter = Thread.ofPlatform().daemon().start(() -> outcome = ring.await(index));
    awaitParked(waiter);
    return waiter;
  }

  private int end(Thread waiter) throws InterruptedException {
    return waiter.join(Duration.ofNanos(MOST)) ? outcome : ASLEEP;
  }

  private static void awaitParked(Thread waiter) {
    while (waiter.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  /** Whether the counter is not 0, or becomes so; it is 0 again after. */
  private static boolean isSignalled(int fd) {
    long memory = Arena.global().allocate(8, 8).address();
    long end = System.nanoTime() + MOST;
    long read = 0;
    while (read != 8 && System.nanoTime() - end < 0) {
      read = HostCalls.call(ARM ? 63 : 0, fd, memory, 8, 0, 0, 0);
    }
    return read == 8;
  }

  private void produce() throws Exception {
    Programs.finish(Programs.java(ProducerMain.class, List.of(), file, 0, 1));
  }
}
