package io.syslet.bench.threadlets;

import io.syslet.bench.Figures;
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
    Table table = new Table("what", "JDK", "min..max", "threadlets", "min..max", "ratio");
    for (SwitchKind kind : SwitchKind.values()) {
      Figures jdk = new Figures();
      Figures ours = new Figures();
      for (int i = 0; i < rounds; i++) {
        jdk.add(rate(kind, ThreadVariant.JDK));
        ours.add(rate(kind, ThreadVariant.THREADLETS));
      }
      table.row(
          kind.title,
          Table.number(jdk.median(), 0),
          jdk.range(0),
          Table.number(ours.median(), 0),
          ours.range(0),
          Table.number(ours.median() / jdk.median(), 2));
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
