package io.syslet.bench.stress;

import io.syslet.ring.CompletionRing;
import java.lang.foreign.Arena;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Rings of two slots that are empty and unreserved; a test gives back the one that it took. */
final class Rings {
  /** Slots of each ring. */
  static final int ELEMENTS = 2;

  private static final long LONG_NANOS = 1_000_000_000;

  private static final ConcurrentLinkedQueue<CompletionRing> FREE = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger GROUPS = new AtomicInteger();

  private Rings() {}

  static CompletionRing take() {
    CompletionRing ring = FREE.poll();
    return ring == null
        ? CompletionRing.allocate(Arena.ofAuto(), ELEMENTS, GROUPS.incrementAndGet())
        : ring;
  }

  /** Empties a ring that nobody uses any more. */
  static void give(CompletionRing ring) {
    ring.advanceTo(ring.head());
    FREE.add(ring);
  }

  /** Reserves and completes: what a call that blocked does. */
  static void complete(CompletionRing ring, long status, long callerData) {
    ring.producer().complete(ring.producer().reserve(), status, callerData);
  }

  /**
   * Waits for so many completions: 0, or −1 if it took until the deadline. The wait itself then
   * says 0 as well, since it looks at the head once more.
   */
  static int await(CompletionRing ring, int from, int min) {
    long deadline = System.nanoTime() + LONG_NANOS;
    int result = ring.await(from, min, deadline);
    return result == 0 && System.nanoTime() - deadline < 0 ? 0 : -1;
  }

  /** 1 for the payload that belongs to this position, −1 for another. */
  static int isRight(long payload, int position) {
    return payload == payload(position) ? 1 : -1;
  }

  /** A payload that no other lap of the slot has had. */
  static long payload(int position) {
    return 0x5A00_0000_0000L | Integer.toUnsignedLong(position);
  }
}
