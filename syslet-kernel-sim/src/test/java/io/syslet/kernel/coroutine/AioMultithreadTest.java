package io.syslet.kernel.coroutine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Coroutines of five event loops in five threads: QEMU's test-aio-multithread.c. */
class AioMultithreadTest {
  private static final int CONTEXTS = 5;
  private static final int ROUNDS = Boolean.getBoolean("syslet.long") ? 100_000 : 2_000;

  private final long seed = System.nanoTime();
  private final AtomicInteger atomic = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private int counter;

  @Test
  void lifecycle() throws InterruptedException {
    try (LoopThreads loops = new LoopThreads(CONTEXTS)) {
      inEachContext(
          loops, index -> lost.addAndGet(loops.isIn(index) && Coroutine.inCoroutine() ? 0 : 1));
    }
    assertThat(lost).hasValue(0);
  }

  @Test
  void schedule() throws InterruptedException {
    try (LoopThreads loops = new LoopThreads(CONTEXTS)) {
      inEachContext(loops, index -> hop(loops, new SplittableRandom(seed + index)));
    }
    assertThat(lost).as("seed %d", seed).hasValue(0);
    assertThat(atomic).hasValue(CONTEXTS * ROUNDS);
  }

  private void hop(LoopThreads loops, SplittableRandom random) {
    for (int i = 0; i < ROUNDS; i++) {
      int next = random.nextInt(CONTEXTS);
      loops.loop(next).moveHere();
      atomic.incrementAndGet();
      if (!loops.isIn(next) || Context.current() != loops.loop(next)) {
        lost.incrementAndGet();
      }
    }
  }

  @Test
  void mutex() throws InterruptedException {
    CoMutex mutex = new CoMutex();
    try (LoopThreads loops = new LoopThreads(CONTEXTS)) {
      inEachContext(loops, index -> count(mutex));
    }
    assertThat(counter).isEqualTo(atomic.get()).isEqualTo(CONTEXTS * ROUNDS);
    assertThat(mutex.isLocked()).isFalse();
  }

  private void count(CoMutex mutex) {
    for (int i = 0; i < ROUNDS; i++) {
      mutex.lock();
      counter++;
      mutex.unlock();
      atomic.incrementAndGet();
    }
  }

  @Test
  void rwlock() throws InterruptedException {
    CoRwLock lock = new CoRwLock();
    try (LoopThreads loops = new LoopThreads(CONTEXTS)) {
      inEachContext(loops, index -> readOrCount(lock, new SplittableRandom(seed + index)));
    }
    assertThat(counter).as("seed %d", seed).isEqualTo(atomic.get());
    assertThat(lock.owners()).isZero();
    assertThat(lost).hasValue(0);
  }

  private void readOrCount(CoRwLock lock, SplittableRandom random) {
    for (int i = 0; i < ROUNDS; i++) {
      if (random.nextInt(4) == 0) {
        lock.wrlock();
        counter++;
        atomic.incrementAndGet();
      } else {
        lock.rdlock();
        lost.addAndGet(lock.owners() > 0 ? 0 : 1);
      }
      lock.unlock();
    }
  }

  private static void inEachContext(LoopThreads loops, IntConsumer body)
      throws InterruptedException {
    CountDownLatch running = new CountDownLatch(CONTEXTS);
    for (int i = 0; i < CONTEXTS; i++) {
      int index = i;
      loops
          .loop(i)
          .schedule(
              Coroutine.create(
                  "in context " + i,
                  argument -> {
                    try {
                      body.accept(index);
                    } finally {
                      running.countDown();
                    }
                  }));
    }
    running.await();
  }
}
