package io.syslet.bench.handover;

import io.syslet.Kernel;
import io.syslet.bench.BlockingRead;
import io.syslet.bench.Proc;
import io.syslet.bench.Table;
import io.syslet.linux.LinuxKernel;
import io.syslet.ring.CompletionRing;
import java.util.BitSet;

/** Very many calls in flight from one task: {@code ManyInFlight CALLS}. */
public final class ManyInFlight {
  private static final double MILLION = 1e6;

  private final int calls;
  private final Table table = new Table("moment", "in flight", "threads", "VmRSS MB", "ms");
  private final BitSet seen = new BitSet();
  private int missed;

  private ManyInFlight(int calls) {
    this.calls = calls;
  }

  /** Prints the table. */
  public static void main(String[] args) throws Exception {
    ManyInFlight many = new ManyInFlight(Integer.parseInt(args[0]));
    try (LinuxKernel kernel = LinuxKernel.boot()) {
      kernel.run(many::run);
      System.out.println("\n" + many.calls + " calls in flight from one task\n");
      System.out.print(many.table);
      System.out.println(
          "\ncompletions: "
              + many.seen.cardinality()
              + ", not pending: "
              + many.missed
              + ", without a worker: "
              + kernel.stats().withoutWorker());
    }
  }

  private void run(Kernel kernel) {
    int slots = Integer.highestOneBit(calls) << 1;
    CompletionRing ring = CompletionRing.allocate(kernel.arena(), slots, 0);
    try (BlockingRead read = new BlockingRead(kernel, ring)) {
      row(kernel, "before", System.nanoTime());
      long start = System.nanoTime();
      int pending = start(read);
      row(kernel, "all started", start);
      start = System.nanoTime();
      finish(kernel, ring, read, pending);
      row(kernel, "all completed", start);
    }
  }

  private int start(BlockingRead read) {
    int pending = 0;
    for (int i = 0; pending < calls; i++) {
      if (read.call(i)) {
        pending++;
      } else {
        missed++;
      }
    }
    return pending;
  }

  private void finish(Kernel kernel, CompletionRing ring, BlockingRead read, int pending) {
    for (int i = 0; i < pending; i++) {
      read.feed();
    }
    for (int done = 0; done < pending; ) {
      long error = kernel.ringWait(ring, ring.tail());
      if (error != 0) {
        throw new IllegalStateException("the wait failed: " + error);
      }
      done += ring.drain((status, callerData) -> seen.set((int) callerData), pending);
    }
  }

  private void row(Kernel kernel, String moment, long start) {
    table.row(
        moment,
        Long.toString(kernel.stats().inFlight()),
        Long.toString(Proc.threads()),
        Table.number(Proc.residentKilobytes() / 1024.0, 0),
        Table.number((System.nanoTime() - start) / MILLION, 0));
  }
}
