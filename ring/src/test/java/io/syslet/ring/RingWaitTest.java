package io.syslet.ring;

import static io.syslet.ring.TestRings.put;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting for completions in one process. */
class RingWaitTest {
  private final Arena arena = Arena.ofAuto();
  private final CompletionRing ring = CompletionRing.allocate(arena, 16, 3);

  /** What the wait of a thread that is parked now will return. */
  private static CompletableFuture<Integer> waiter(boolean virtual, CompletionRing on, int min) {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    TestRings.parked(virtual, () -> result.complete(on.await(0, min, Long.MAX_VALUE)));
    assertThat(result).as("nothing was completed").isNotDone();
    return result;
  }

  @Test
  void atOnceWhenTheHeadDiffers() {
    assertThat(ring.await(1)).isZero();
    assertThat(ring.await(0, 0, 0)).isZero();
    assertThat(ring.await(0, 17, 0)).isEqualTo(-RingErrno.EINVAL);
    assertThat(ring.await(0, -1, 0)).isEqualTo(-RingErrno.EINVAL);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aParkedWaiterIsWoken(boolean virtual) throws Exception {
    CompletableFuture<Integer> result = waiter(virtual, ring, 1);
    assertThat(ring.waits().wakeAll()).as("in its bucket").isPositive();
    assertThat(put(ring, 0, 0)).isZero();
    assertThat(result.get(10, TimeUnit.SECONDS)).isZero();
    assertThat(ring.head()).isEqualTo(1);
  }

  @Test
  void aMinimumCount() throws Exception {
    CompletableFuture<Integer> result = waiter(true, ring, 3);
    put(ring, 0, 0);
    put(ring, 0, 0);
    Thread.sleep(20);
    assertThat(result).isNotDone();
    put(ring, 0, 0);
    assertThat(result.get(10, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void deadline() {
    long deadline = System.nanoTime() + 5_000_000;
    assertThat(ring.await(0, 1, deadline)).isEqualTo(-RingErrno.ETIME);
    assertThat(System.nanoTime() - deadline).isNotNegative();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anInterruptEndsTheWaitAndStays(boolean virtual) throws Exception {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    CompletableFuture<Boolean> stayed = new CompletableFuture<>();
    Thread thread =
        TestRings.parked(
            virtual,
            () -> {
              result.complete(ring.await(0));
              stayed.complete(Thread.currentThread().isInterrupted());
            });
    assertThat(result).isNotDone();
    thread.interrupt();
    assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo(-RingErrno.ERESTARTSYS);
    assertThat(stayed.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(ring.isEmpty()).isTrue();
  }

  @Test
  void neighboursInABucketAreWokenSpuriouslyAndNeverLost() throws Exception {
    CompletionRing neighbour = CompletionRing.allocate(arena, 16, 3);
    CompletableFuture<Integer> here = waiter(false, ring, 1);
    CompletableFuture<Integer> there = waiter(false, neighbour, 1);
    put(neighbour, 0, 0);
    assertThat(there.get(10, TimeUnit.SECONDS)).isZero();
    Thread.sleep(10);
    assertThat(here).isNotDone();
    put(ring, 0, 0);
    assertThat(here.get(10, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void allWaitersAreWoken() throws Exception {
    List<CompletableFuture<Integer>> waiters = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      waiters.add(waiter(i % 2 == 0, ring, 1));
    }
    assertThat(put(ring, 0, 0)).isZero();
    for (CompletableFuture<Integer> waiter : waiters) {
      assertThat(waiter.get(10, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void closeWakesWaitersWithEfault() throws Exception {
    CompletableFuture<Integer> result = waiter(true, ring, 1);
    ring.close();
    assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo(-RingErrno.EFAULT);
    assertThat(ring.producer().reserve()).isEqualTo(-RingErrno.EBADF);
  }

  @Test
  void waitersThatLeftDoNotPileUp() {
    WaitQueues queues = WaitQueues.system();
    for (int i = 0; i < 1000; i++) {
      assertThat(ring.await(0, 1, System.nanoTime() + 1)).isEqualTo(-RingErrno.ETIME);
    }
    assertThat(queues.wakeAll(3)).isLessThan(100);
  }

  /** waiter: enter, read head, park | waker: move head, read the queue; and the other order. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void wakeUpTestWithoutAFullBarrier(boolean virtual) throws Exception {
    int turns = 100_000;
    CompletionRing ping = CompletionRing.allocate(arena, 16, 3);
    CompletionRing pong = CompletionRing.allocate(arena, 16, 4);
    AtomicLong errors = new AtomicLong();
    Runnable echo = () -> errors.addAndGet(bounce(ping, pong, turns, false));
    Thread thread = virtual ? Thread.ofVirtual().start(echo) : Thread.ofPlatform().start(echo);
    errors.addAndGet(bounce(pong, ping, turns, true));
    thread.join();
    assertThat(errors).hasValue(0);
  }

  private static int bounce(CompletionRing from, CompletionRing to, int turns, boolean serve) {
    int errors = 0;
    for (int i = 0; i < turns; i++) {
      errors += serve && put(to, i, i) != 0 ? 1 : 0;
      errors += from.await(i) != 0 ? 1 : 0;
      from.advanceTo(i + 1);
      errors += !serve && put(to, i, i) != 0 ? 1 : 0;
    }
    return errors;
  }
}
