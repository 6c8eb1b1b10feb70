package io.syslet.bench.threadlets;

import io.syslet.bench.Machine;
import java.util.List;

/**
 * Threadlets, measured: {@code ThreadletReport [PART|all [ROUNDS]]}; the parts: {@code cold hot
 * switches start programs}.
 */
public final class ThreadletReport {
  private static final List<String> PARTS = List.of("cold", "hot", "switches", "start", "programs");
  private static final int ROUNDS = 5;

  private ThreadletReport() {}

  /** Prints the tables of a part, or of all. */
  public static void main(String[] args) throws Exception {
    String part = args.length > 0 ? args[0] : "all";
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : ROUNDS;
    if (!part.equals("all") && !PARTS.contains(part)) {
      System.err.println("threadlets: no part " + part + "; there is: " + String.join(" ", PARTS));
      System.exit(2);
    }
    System.out.println("threadlets: unmodified programs under the agent; " + Machine.text());
    System.out.println();
    for (String each : PARTS) {
      if (part.equals("all") || part.equals(each)) {
        run(each, rounds);
        System.out.println();
      }
    }
  }

  private static void run(String part, int rounds) throws Exception {
    switch (part) {
      case "cold" -> new StallReport(rounds).cold();
      case "hot" -> new StallReport(rounds).hot();
      case "start" -> new StartReport(rounds).run();
      case "programs" -> new ProgramReport(rounds).run();
      default -> new SwitchReport(rounds).run();
    }
  }
}
