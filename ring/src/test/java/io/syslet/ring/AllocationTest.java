package io.syslet.ring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Reserving, arming, completing, consuming: not a byte is allocated. */
class AllocationTest {
  private static final int TURNS = 100_000;
  private final CompletionRing ring = CompletionRing.allocate(Arena.ofAuto(), 64, 0);
  private long sum;

  private void turn(CompletionHandler handler) {
    int entry = ring.producer().reserve();
    ring.producer().arm(entry, 1);
    ring.producer().disarm(entry);
    ring.producer().arm(entry, 2);
    ring.producer().complete(entry, 3);
    ring.drain(handler, 8);
    ring.producer().complete(ring.producer().reserve(), 1, 1);
    ring.drainShared(handler, 8);
    ring.producer().release(ring.producer().reserve());
    ring.waits().wakeAll();
  }

  private long allocatedBy(CompletionHandler handler) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < TURNS; i++) {
      turn(handler);
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void bytesAllocatedAreZero() {
    CompletionHandler handler = (status, callerData) -> sum += status + callerData;
    allocatedBy(handler);
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      least = Math.min(least, allocatedBy(handler));
    }
    assertThat(least).isLessThan(TURNS / 100);
    assertThat(sum).isPositive();
  }
}
