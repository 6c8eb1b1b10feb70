package io.syslet.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several producers, with calls that end out of order and reservations that are given back. */
class ManyProducersTest {
  private static final int EACH = 60_000;
  private final Arena arena = Arena.ofAuto();
  private final AtomicLong errors = new AtomicLong();

  private static int reserve(CompletionRing ring) {
    int entry = ring.producer().reserve();
    while (entry == -RingErrno.EAGAIN) {
      LockSupport.parkNanos(1000);
      entry = ring.producer().reserve();
    }
    return entry;
  }

  /** Two live calls at a time; the later one ends first; now and then one is given back. */
  private void produce(CompletionRing ring, long id) {
    for (long i = 0; i < EACH; i += 2) {
      int first = reserve(ring);
      int second = ring.producer().reserve();
      if (i % 7 == 0) {
        ring.producer().release(first);
        first = reserve(ring);
      }
      if (second >= 0) {
        check(ring.producer().complete(second, i, id | i));
      }
      check(ring.producer().complete(first, i + 1, id | (i + 1)));
      if (second < 0) {
        check(ring.producer().complete(reserve(ring), i, id | i));
      }
    }
  }

  private void check(int result) {
    if (result != 0) {
      errors.incrementAndGet();
    }
  }

  private List<Thread> start(int count, IntConsumer body) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int id = i;
      threads.add(Thread.ofPlatform().start(() -> body.accept(id)));
    }
    return threads;
  }

  @ParameterizedTest
  @CsvSource({"2,16,1", "4,64,1", "2,16,2", "3,1024,3"})
  void eachCallCompletesOnce(int producers, int elements, int consumers) throws Exception {
    CompletionRing ring = CompletionRing.allocate(arena, elements, 0);
    AtomicIntegerArray seen = new AtomicIntegerArray(producers * EACH);
    AtomicLong left = new AtomicLong((long) producers * EACH);
    CompletionHandler handler =
        (status, callerData) -> {
          seen.incrementAndGet((int) (callerData >>> 32) * EACH + (int) callerData);
          errors.addAndGet(status == (int) callerData ? 0 : 1);
          left.decrementAndGet();
        };
    List<Thread> threads = start(producers, id -> produce(ring, (long) id << 32));
    threads.addAll(start(consumers, id -> consume(ring, handler, left, consumers > 1)));
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(errors).hasValue(0);
    for (int i = 0; i < seen.length(); i++) {
      assertThat(seen.get(i)).isEqualTo(1);
    }
    assertThat(ring.isEmpty()).isTrue();
  }

  private static void consume(
      CompletionRing ring, CompletionHandler handler, AtomicLong left, boolean shared) {
    while (left.get() > 0) {
      int taken = shared ? ring.drainShared(handler, 64) : ring.drain(handler, 64);
      if (taken <= 0) {
        ring.await(ring.tail(), 1, System.nanoTime() + 100_000);
      }
    }
  }

  /** A call that lasts while all others come and go does not hold them up. */
  @Test
  void aLongCallHoldsUpNobody() {
    CompletionRing ring = CompletionRing.allocate(arena, 4, 0);
    int longCall = ring.producer().reserve();
    ring.producer().arm(longCall, 77);
    for (int i = 0; i < 100_000; i++) {
      assertThat(ring.producer().complete(ring.producer().reserve(), i, i)).isZero();
      ring.advanceTo(ring.head());
    }
    assertThat(ring.producer().complete(longCall, 7)).isZero();
    assertThat(ring.callerDataAt(ring.tail())).isEqualTo(77);
  }
}
