package io.syslet.bench.threadlets;

import io.syslet.bench.Fork;
import io.syslet.bench.Table;
import java.io.IOException;
import java.util.List;

/**
 * How long a program takes that does nothing: its start and its end, without the agent and with.
 */
final class StartReport {
  private static final double MILLI = 1e6;

  private final int rounds;

  StartReport(int rounds) {
    this.rounds = rounds;
  }

  void run() throws IOException, InterruptedException {
    Table table = BothKinds.table(", ms");
    row(table, "nothing", 0);
    row(table, "one virtual thread", 1);
    row(table, "1000 virtual threads", 1000);
    System.out.print(table);
  }

  private void row(Table table, String what, int threads) throws IOException, InterruptedException {
    BothKinds found = new BothKinds();
    for (int i = 0; i < rounds; i++) {
      found.jdk.add(millis(ThreadVariant.JDK, threads));
      found.ours.add(millis(ThreadVariant.THREADLETS, threads));
    }
    found.row(table, what);
  }

  private static double millis(ThreadVariant variant, int threads)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Fork.run(StartRounds.class, variant.flags(), List.of(Integer.toString(threads)), line -> {});
    return (System.nanoTime() - start) / MILLI;
  }
}
