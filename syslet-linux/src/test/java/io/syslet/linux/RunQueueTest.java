package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** The queue of a processor, by itself. */
class RunQueueTest {
  private static final int PRODUCERS = 3;
  private static final int CONSUMERS = 3;
  private static final int ITEMS = 200_000;

  private record Item(int producer, int number) implements Runnable {
    @Override
    public void run() {}
  }

  @Test
  void itIsFirstInFirstOutAcrossSegments() {
    RunQueue queue = new RunQueue();
    int many = 3 * RunQueue.SEGMENT + 7;
    assertThat(queue.poll()).isNull();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < many; i++) {
        queue.add(new Item(0, i));
      }
      for (int i = 0; i < many; i++) {
        assertThat(queue.poll()).isEqualTo(new Item(0, i));
      }
      assertThat(queue.poll()).isNull();
    }
  }

  @Test
  void eachItemIsTakenOnceAndInTheOrderOfWhoAddedIt() throws Exception {
    RunQueue queue = new RunQueue();
    AtomicIntegerArray seen = new AtomicIntegerArray(PRODUCERS * ITEMS);
    AtomicInteger left = new AtomicInteger(PRODUCERS * ITEMS);
    AtomicInteger disorder = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int p = 0; p < PRODUCERS; p++) {
      int producer = p;
      threads.add(Thread.ofPlatform().start(() -> produce(queue, producer)));
    }
    for (int c = 0; c < CONSUMERS; c++) {
      threads.add(Thread.ofPlatform().start(() -> consume(queue, seen, left, disorder)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(disorder.get()).isZero();
    for (int i = 0; i < PRODUCERS * ITEMS; i++) {
      assertThat(seen.get(i)).as("item %d", i).isEqualTo(1);
    }
  }

  private static void produce(RunQueue queue, int producer) {
    for (int i = 0; i < ITEMS; i++) {
      queue.add(new Item(producer, i));
    }
  }

  private static void consume(
      RunQueue queue, AtomicIntegerArray seen, AtomicInteger left, AtomicInteger disorder) {
    int[] last = {-1, -1, -1};
    while (left.get() > 0) {
      if (queue.poll() instanceof Item item) {
        left.decrementAndGet();
        seen.incrementAndGet(item.producer * ITEMS + item.number);
        if (item.number <= last[item.producer]) {
          disorder.incrementAndGet();
        }
        last[item.producer] = item.number;
      }
    }
  }
}
