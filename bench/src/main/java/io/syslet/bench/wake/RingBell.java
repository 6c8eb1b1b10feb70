package io.syslet.bench.wake;

import io.syslet.ring.CompletionRing;
import java.lang.foreign.Arena;

/** A completion is published; the sleeper waits for the head. */
final class RingBell implements Bell {
  private static final int SLOTS = 8;

  private final CompletionRing ring = CompletionRing.allocate(Arena.ofAuto(), SLOTS, 0);

  @Override
  public void sleepUntil(int times) {
    if (ring.await(times - 1) != 0) {
      throw new IllegalStateException("the wait failed");
    }
    ring.advanceTo(times);
  }

  @Override
  public void ring() {
    int entry = ring.producer().reserve();
    if (entry < 0 || ring.producer().complete(entry, 0, 0) != 0) {
      throw new IllegalStateException("the ring is full");
    }
  }
}
