package io.syslet.threads.expected;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.Pipe;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link Thread#interrupt} in each state that a thread can be in. */
@ParameterizedClass
@EnumSource
class InterruptsTest {
  @Parameter ThreadKind kind = ThreadKind.JDK;

  /** Interrupts a thread once it is in a state; what its body threw, and its status afterwards. */
  private String interrupted(Thread.State state, ThreadKind.Body body) throws Exception {
    FutureTask<String> outcome = new FutureTask<>(() -> outcome(body));
    Thread thread = kind.builder().start(outcome);
    Eventually.is(thread, state);
    thread.interrupt();
    return outcome.get();
  }

  private static String outcome(ThreadKind.Body body) {
    String thrown = "nothing";
    try {
      body.body();
    } catch (Exception e) {
      thrown = e.getClass().getSimpleName();
    }
    return thrown + " " + Thread.currentThread().isInterrupted();
  }

  @Test
  void whileParked() throws Exception {
    assertThat(interrupted(Thread.State.WAITING, InterruptsTest::park)).isEqualTo("nothing true");
  }

  @Test
  void whileParkedForATime() throws Exception {
    assertThat(interrupted(Thread.State.TIMED_WAITING, InterruptsTest::parkForATime))
        .isEqualTo("nothing true");
  }

  @Test
  void whileParkedAndPinned() throws Exception {
    assertThat(interrupted(Thread.State.WAITING, () -> Pinned.run(InterruptsTest::park)))
        .isEqualTo("nothing true");
  }

  /** Parking may end for no reason. */
  private static void park() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.park();
    }
  }

  private static void parkForATime() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(Long.MAX_VALUE);
    }
  }

  @Test
  void whileAsleep() throws Exception {
    assertThat(interrupted(Thread.State.TIMED_WAITING, () -> Thread.sleep(1_000_000)))
        .isEqualTo("InterruptedException false");
  }

  @Test
  void whileItWaitsAtAMonitor() throws Exception {
    Object monitor = new Object();
    assertThat(interrupted(Thread.State.WAITING, () -> await(monitor, 0)))
        .isEqualTo("InterruptedException false");
    assertThat(interrupted(Thread.State.TIMED_WAITING, () -> await(monitor, 1_000_000)))
        .isEqualTo("InterruptedException false");
  }

  @SuppressWarnings("WaitNotInLoop") // nobody notifies
  private static void await(Object monitor, long millis) throws InterruptedException {
    synchronized (monitor) {
      monitor.wait(millis);
    }
  }

  @Test
  void whileItWaitsForALock() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    lock.lock();
    assertThat(interrupted(Thread.State.WAITING, lock::lockInterruptibly))
        .isEqualTo("InterruptedException false");
  }

  @Test
  void whileItWaitsForAQueue() throws Exception {
    assertThat(interrupted(Thread.State.WAITING, new LinkedBlockingQueue<Object>()::take))
        .isEqualTo("InterruptedException false");
  }

  @Test
  void whileItJoins() throws Exception {
    Thread other = kind.start(LockSupport::park);
    assertThat(interrupted(Thread.State.WAITING, other::join))
        .isEqualTo("InterruptedException false");
    LockSupport.unpark(other);
    other.join();
  }

  @Test
  void whileItReadsAPipe() throws Exception {
    Pipe pipe = Pipe.open();
    assertThat(interrupted(Thread.State.WAITING, () -> pipe.source().read(ByteBuffer.allocate(1))))
        .isEqualTo(ClosedByInterruptException.class.getSimpleName() + " true");
    assertThat(pipe.source().isOpen()).isFalse();
  }

  @Test
  void whileItReadsASocket() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
      assertThat(interrupted(Thread.State.WAITING, () -> read(client)))
          .isEqualTo("SocketException true");
      assertThat(client.isClosed()).isTrue();
    }
  }

  private static void read(Socket socket) throws IOException {
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void whileItWaitsToEnterAMonitor() throws Exception {
    Object monitor = new Object();
    AtomicReference<Boolean> status = new AtomicReference<>();
    Thread thread =
        kind.builder()
            .unstarted(
                () -> {
                  synchronized (monitor) {
                    status.set(Thread.currentThread().isInterrupted());
                  }
                });
    synchronized (monitor) {
      thread.start();
      Eventually.is(thread, Thread.State.BLOCKED);
      thread.interrupt();
      assertThat(thread.getState()).isEqualTo(Thread.State.BLOCKED);
    }
    thread.join();
    assertThat(status.get()).isTrue();
  }

  @Test
  void whileItComputes() throws Exception {
    CountDownLatch runs = new CountDownLatch(1);
    FutureTask<List<Boolean>> statuses = new FutureTask<>(() -> statuses(runs));
    Thread thread = kind.builder().start(statuses);
    runs.await();
    thread.interrupt();
    assertThat(statuses.get()).containsExactly(true, false);
  }

  private static List<Boolean> statuses(CountDownLatch runs) {
    runs.countDown();
    while (!Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
    return List.of(Thread.interrupted(), Thread.interrupted());
  }

  @Test
  void beforeItsStartAndAfterItsEnd() throws Exception {
    AtomicReference<Boolean> status = new AtomicReference<>();
    Thread thread =
        kind.builder().unstarted(() -> status.set(Thread.currentThread().isInterrupted()));
    thread.interrupt();
    assertThat(thread.isInterrupted()).isTrue();
    thread.start();
    thread.join();
    assertThat(status.get()).isTrue();
    thread.interrupt();
    assertThat(thread.getState()).isEqualTo(Thread.State.TERMINATED);
  }

  @Test
  void byItself() throws Exception {
    AtomicReference<Boolean> slept = new AtomicReference<>();
    Thread thread =
        kind.start(
            () -> {
              Thread.currentThread().interrupt();
              try {
                Thread.sleep(1_000_000);
              } catch (InterruptedException e) {
                slept.set(false);
              }
            });
    thread.join();
    assertThat(slept.get()).isFalse();
  }
}
