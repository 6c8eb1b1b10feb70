package io.syslet.bench.threadlets;

import io.syslet.bench.Fork;
import io.syslet.bench.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What costs nobody anything to block on: threadlets beside the JDK's virtual threads. */
final class SwitchReport {
  private final int rounds;

  SwitchReport(int rounds) {
    this.rounds = rounds;
  }

  void run() throws IOException, InterruptedException {
    Table table = BothKinds.table("");
    for (SwitchKind kind : SwitchKind.values()) {
      BothKinds found = new BothKinds();
      for (int i = 0; i < rounds; i++) {
        found.jdk.add(rate(kind, ThreadVariant.JDK));
        found.ours.add(rate(kind, ThreadVariant.THREADLETS));
      }
      found.row(table, kind.title);
    }
    System.out.print(table);
  }

  private static double rate(SwitchKind kind, ThreadVariant variant)
      throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    Fork.run(SwitchRounds.class, variant.flags(), List.of(kind.name()), lines::add);
    return Double.parseDouble(lines.getLast());
  }
}
