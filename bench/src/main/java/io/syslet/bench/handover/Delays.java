package io.syslet.bench.handover;

import io.syslet.Kernel;
import io.syslet.KernelStats;
import io.syslet.bench.Hogs;
import io.syslet.bench.Latencies;
import io.syslet.bench.Table;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import io.syslet.ring.CompletionRing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** How soon user code goes on: {@code Delays HOGS ROUNDS CALLS}. */
public final class Delays {
  private static final int SLEEPS = 60;
  private static final int FILES = 1500;
  private static final double PERCENT = 100;

  /** What was counted while one thing blocked. */
  private static final class Count {
    long blocked;
    long missed;
    long missedByKernel;
    long falseHandOvers;
    long noSpare;

    void add(int missedNow, KernelStats before, KernelStats after) {
      blocked += after.pending() - before.pending() + missedNow;
      missed += missedNow;
      missedByKernel += after.missed() - before.missed();
      falseHandOvers += after.falseHandOvers() - before.falseHandOvers();
      noSpare += after.noSpare() - before.noSpare();
    }
  }

  private final int rounds;
  private final int calls;
  private final Latencies latencies = new Latencies();
  private final Map<String, Count> counts = new LinkedHashMap<>();

  private Delays(int rounds, int calls) {
    this.rounds = rounds;
    this.calls = calls;
  }

  /** Prints the tables. */
  public static void main(String[] args) throws Exception {
    Delays delays = new Delays(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    try (LinuxKernel kernel = LinuxKernel.boot(LinuxOptions.defaults().reactor(false));
        Hogs hogs = Hogs.start(args[0])) {
      kernel.run(delays::run);
      delays.print(hogs.title());
    }
  }

  private void run(Kernel kernel) throws Exception {
    List<Blocker> blockers = new ArrayList<>();
    CompletionRing ring = CompletionRing.allocate(kernel.arena(), 8, 0);
    blockers.add(new PipeBlocker(kernel, ring, calls));
    blockers.add(new SleepBlocker(kernel, ring, SLEEPS));
    if (ColdBlocker.isPossible()) {
      blockers.add(new ColdBlocker(kernel, ring, FILES));
    } else {
      System.out.println("\n(lstat, cold: skipped, only root may drop the caches)");
    }
    for (int round = 0; round <= rounds; round++) {
      for (Blocker blocker : blockers) {
        round(kernel, blocker, round > 0);
      }
    }
    for (Blocker blocker : blockers) {
      blocker.close();
    }
  }

  private void round(Kernel kernel, Blocker blocker, boolean counts) throws Exception {
    Histogram found = new Histogram(3);
    KernelStats before = kernel.stats();
    int missed = blocker.round(found);
    if (counts) {
      latencies.add(blocker.name(), found);
      this.counts
          .computeIfAbsent(blocker.name(), name -> new Count())
          .add(missed, before, kernel.stats());
    }
  }

  private void print(String circumstances) {
    Table table =
        new Table(
            "call", "blocked", "missed", "missed %", "the kernel's count", "false", "no spare");
    counts.forEach(
        (name, count) ->
            table.row(
                name,
                Long.toString(count.blocked),
                Long.toString(count.missed),
                Table.number(PERCENT * count.missed / Math.max(count.blocked, 1), 3),
                Long.toString(count.missedByKernel),
                Long.toString(count.falseHandOvers),
                Long.toString(count.noSpare)));
    System.out.println("\n" + circumstances + "\n");
    System.out.print(latencies.table("call"));
    System.out.println();
    System.out.print(table);
    System.out.println("\n" + circumstances + ": of each hundred how many took so long\n");
    System.out.print(latencies.distribution());
  }
}
