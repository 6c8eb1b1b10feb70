package io.syslet.kernel.coroutine;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** QEMU's test-thread-pool.c. */
class WorkPoolTest {
  private final EventLoop loop = new EventLoop("main", Time.real());
  private final WorkPool pool = new WorkPool(4);
  private final List<Long> results = new ArrayList<>();

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void submitAioCallsBackFromThePollOnly() throws InterruptedException {
    CountDownLatch worked = new CountDownLatch(1);
    pool.submit(loop, () -> count(worked), results::add);
    worked.await();
    assertThat(results).isEmpty();
    loop.runUntil(() -> !results.isEmpty());
    assertThat(results).containsExactly(7L);
  }

  private static long count(CountDownLatch latch) {
    latch.countDown();
    return 7;
  }

  @Test
  void submitCo() {
    Coroutine coroutine = Coroutine.create("worker", argument -> results.add(pool.run(() -> 42)));
    loop.inside(coroutine::enter);
    assertThat(results).isEmpty();
    loop.runUntil(coroutine::isFinished);
    assertThat(results).containsExactly(42L);
  }

  @Test
  void submitManyRunsEachOf100Once() {
    AtomicInteger[] runs = new AtomicInteger[100];
    for (int i = 0; i < runs.length; i++) {
      AtomicInteger mine = new AtomicInteger();
      runs[i] = mine;
      pool.submit(loop, mine::incrementAndGet, results::add);
    }
    loop.runUntil(() -> results.size() == 100);
    assertThat(runs).allSatisfy(each -> assertThat(each).hasValue(1));
    assertThat(results).containsOnly(1L);
  }

  @Test
  void cancelTakesBackWhatHasNotStartedAndTheRestCompletes() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(4);
    CountDownLatch gate = new CountDownLatch(1);
    List<WorkPool.Work> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(pool.submit(loop, () -> pass(started, gate), results::add));
    }
    started.await();
    long cancelled = all.stream().filter(WorkPool.Work::cancel).count();
    assertThat(cancelled).isEqualTo(96);
    gate.countDown();
    loop.runUntil(() -> results.size() == 100);
    assertThat(results.stream().filter(each -> each == -Errno.ECANCELED).count()).isEqualTo(96);
    assertThat(results.stream().filter(each -> each == 1).count()).isEqualTo(4);
  }

  private static long pass(CountDownLatch started, CountDownLatch gate) {
    started.countDown();
    try {
      gate.await();
      return 1;
    } catch (InterruptedException e) {
      return -Errno.EINTR;
    }
  }
}
