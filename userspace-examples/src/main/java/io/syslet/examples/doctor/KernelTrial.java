package io.syslet.examples.doctor;

import io.syslet.CallSlots;
import io.syslet.Kernel;
import io.syslet.KernelStats;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.ring.CompletionRing;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * A kernel at work: sleeps through the entry, and how soon the program goes on.
 *
 * @param kernel its {@linkplain Kernel#name name}.
 * @param detector how it sees a block: {@link KernelStats#detector}.
 * @param sleeps how many were tried.
 * @param handedOver how many of them were handed over.
 * @param medianNanos from the call to the program that goes on, of those; 0 if there was none.
 */
public record KernelTrial(
    String kernel, String detector, int sleeps, int handedOver, long medianNanos) {
  private static final int SLEEPS = 50;
  private static final long SLEEP_NANOS = 2_000_000;

  /** Tries a kernel. */
  static KernelTrial of(Kernel kernel) throws Exception {
    long[] nanos = new long[SLEEPS];
    int[] pending = new int[1];
    kernel.run(k -> pending[0] = sleep(k, nanos));
    long[] seen = Arrays.copyOf(nanos, pending[0]);
    Arrays.sort(seen);
    return new KernelTrial(
        kernel.name(),
        kernel.stats().detector(),
        SLEEPS,
        seen.length,
        seen.length == 0 ? 0 : seen[seen.length / 2]);
  }

  /** How many sleeps were pending, and after how many nanoseconds that was said. */
  private static int sleep(Kernel kernel, long[] nanos) {
    CompletionRing ring = CompletionRing.allocate(kernel.arena(), 2, 1);
    CallSlots slots = CallSlots.allocate(kernel.arena(), 1, ring);
    MemorySegment time = kernel.arena().allocate(16, 8);
    time.set(ValueLayout.JAVA_LONG, 8, SLEEP_NANOS);
    slots.set(0, 1, Nr.NANOSLEEP, time.address(), 0, 0, 0, 0, 0);
    int pending = 0;
    for (int i = 0; i < SLEEPS; i++) {
      long begin = System.nanoTime();
      kernel.indirect(slots, 0, 1, 0);
      if (slots.status(0) == -Syslet.ESYSLETPENDING) {
        nanos[pending++] = System.nanoTime() - begin;
        kernel.ringWait(ring, ring.tail());
        ring.advanceTo(ring.tail() + 1);
      }
    }
    return pending;
  }
}
