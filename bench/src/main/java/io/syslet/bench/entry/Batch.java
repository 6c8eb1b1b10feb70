package io.syslet.bench.entry;

import io.syslet.CallSlots;
import io.syslet.Kernel;
import io.syslet.Syslet;
import io.syslet.bench.Pending;

/** One {@code indirect} for several calls, every slot written and its status read each time. */
final class Batch implements Subject {
  private final Kernel kernel;
  private final CallSlots slots;
  private final Pending pending;
  private final Work work;

  Batch(Kernel kernel, Pending pending, Work work, int size) {
    this.kernel = kernel;
    this.pending = pending;
    this.work = work;
    slots = CallSlots.allocate(kernel.arena(), size, pending.ring());
  }

  @Override
  public long run(int calls) {
    int size = slots.capacity();
    long sum = 0;
    for (int done = 0; done < calls; done += size) {
      for (int i = 0; i < size; i++) {
        slots.set(i, i, work.nr(), work.a0(), work.a1(), work.a2(), work.a3(), 0, 0);
      }
      for (int from = 0; from < size; ) {
        int accepted = kernel.indirect(slots, from, size - from, 0);
        sum += statuses(from, accepted);
        from += accepted;
      }
    }
    return sum;
  }

  private long statuses(int from, int accepted) {
    if (accepted <= 0) {
      throw new IllegalStateException("accepted: " + accepted);
    }
    long sum = 0;
    for (int i = from; i < from + accepted; i++) {
      long status = slots.status(i);
      sum += status == -Syslet.ESYSLETPENDING ? pending.status() : status;
    }
    return sum;
  }
}
