package io.syslet.kernel.sim;

import io.syslet.CallSlots;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Rig;
import io.syslet.ring.CompletionRing;
import java.lang.management.ManagementFactory;

/**
 * Has so many calls in flight at once, after so many rounds to warm up, and says how much memory
 * they take: the used heap after a collection, all of it, and the ring. A JVM of its own, so that
 * nothing else is in the heap.
 */
final class InFlightMain {
  private static final int ELEMENTS = 1 << 17;
  private static final int WARM_UP = 20_000;
  private static final int BATCH = 64;

  private InFlightMain() {}

  public static void main(String[] args) throws Exception {
    int calls = Integer.parseInt(args[0]);
    System.out.println(bytes(calls, Integer.parseInt(args[1])));
  }

  /** Bytes that the heap and the ring take, after some rounds to warm up. */
  static long bytes(int calls, int rounds) throws Exception {
    long[] bytes = new long[1];
    SimOptions options = SimOptions.defaults().maxWorkers(Math.max(calls, WARM_UP) + 2);
    try (SimKernel kernel = SimKernel.boot(options)) {
      kernel.run(k -> bytes[0] = run(k, calls, rounds));
    }
    return bytes[0];
  }

  private static long run(Kernel kernel, int calls, int rounds) {
    Rig rig = new Rig(kernel, ELEMENTS);
    for (int i = 0; i < rounds; i++) {
      start(kernel, rig, WARM_UP);
      finish(kernel, rig, WARM_UP);
    }
    start(kernel, rig, calls);
    long bytes = usedHeap() + CompletionRing.sizeOf(ELEMENTS);
    finish(kernel, rig, calls);
    return bytes;
  }

  private static void start(Kernel kernel, Rig rig, int calls) {
    CallSlots slots = rig.slots(BATCH);
    for (int i = 0; i < calls; i++) {
      slots.set(0, i, Nr.READ, rig.in, rig.buffer, 1, 0, 0, 0);
      if (kernel.indirect(slots, 0, 1, 0) != 1 || slots.status(0) != -Syslet.ESYSLETPENDING) {
        throw new IllegalStateException("call " + i + " is not pending: " + slots.status(0));
      }
    }
    if (kernel.stats().inFlight() != calls) {
      throw new IllegalStateException(kernel.stats().toString());
    }
  }

  /** Feeds them all, and sees each end once. */
  private static void finish(Kernel kernel, Rig rig, int calls) {
    boolean[] seen = new boolean[calls];
    int[] ended = new int[1];
    for (int fed = 0; fed < calls; ) {
      int more = Math.min(calls - fed, Rig.BUFFER);
      rig.feed(more);
      for (fed += more; ended[0] < fed; ) {
        long waited = kernel.ringWait(rig.ring, rig.ring.tail());
        int drained = rig.ring.drain((status, data) -> end(seen, ended, status, data), calls);
        if (waited != 0 || drained <= 0) {
          throw new IllegalStateException(waited + ", " + drained);
        }
      }
    }
  }

  private static void end(boolean[] seen, int[] ended, long status, long callerData) {
    if (status != 1 || seen[(int) callerData]) {
      throw new IllegalStateException("call " + callerData + ": " + status);
    }
    seen[(int) callerData] = true;
    ended[0]++;
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
