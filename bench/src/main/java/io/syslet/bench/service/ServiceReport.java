package io.syslet.bench.service;

import io.syslet.bench.Machine;
import java.util.List;

/**
 * The service, measured: {@code ServiceReport [PART|all [ROUNDS]]}; the parts: {@code local calls
 * crowd hostile walk}.
 */
public final class ServiceReport {
  private static final List<String> PARTS = List.of("local", "calls", "crowd", "hostile", "walk");
  private static final int ROUNDS = 5;

  private ServiceReport() {}

  /** Prints the tables of a part, or of all. */
  public static void main(String[] args) throws Exception {
    String part = args.length > 0 ? args[0] : "all";
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : ROUNDS;
    if (!part.equals("all") && !PARTS.contains(part)) {
      System.err.println("service: no part " + part + "; there is: " + String.join(" ", PARTS));
      System.exit(2);
    }
    System.out.println("service: calls that another process makes; " + Machine.text());
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
      case "local" -> new LocalReport(rounds).run();
      case "calls" -> new CallReport(rounds).run();
      case "crowd" -> new CrowdReport(rounds).run();
      case "hostile" -> new HostileReport(rounds).run();
      default -> new ServiceWalkReport(rounds).run();
    }
  }
}
