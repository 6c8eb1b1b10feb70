package io.syslet.bench.service;

import io.syslet.bench.Machine;
import java.io.IOException;
import java.util.Set;

/** The service, measured: {@code ServiceReport [PART|all [ROUNDS]]}; the parts: {@code local}. */
public final class ServiceReport {
  private static final Set<String> PARTS = Set.of("local");
  private static final int ROUNDS = 5;

  private ServiceReport() {}

  /** Prints the tables of a part, or of all. */
  public static void main(String[] args) throws IOException {
    String part = args.length > 0 ? args[0] : "all";
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : ROUNDS;
    if (!part.equals("all") && !PARTS.contains(part)) {
      System.err.println("service: no part " + part + "; there is: " + String.join(" ", PARTS));
      System.exit(2);
    }
    System.out.println("service: calls that another process makes; " + Machine.text());
    System.out.println();
    if (part.equals("all") || part.equals("local")) {
      new LocalReport(rounds).run();
    }
  }
}
