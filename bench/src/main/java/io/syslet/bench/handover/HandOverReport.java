package io.syslet.bench.handover;

import io.syslet.bench.Fork;
import io.syslet.bench.Machine;
import java.io.IOException;
import java.util.List;

/**
 * All that concerns calls that block: {@code HandOverReport [delays|safepoint|many]...}. Each part
 * runs in a JVM of its own.
 */
public final class HandOverReport {
  private static final String ROUNDS = "7";
  private static final String CALLS = "5000";
  private static final String IN_FLIGHT = "10000";

  private HandOverReport() {}

  /** Prints the tables. */
  public static void main(String[] args) throws Exception {
    List<String> parts = args.length == 0 ? List.of("delays", "safepoint", "many") : List.of(args);
    System.out.println("handover: " + Machine.text());
    for (String part : parts) {
      switch (part) {
        case "delays" -> delays();
        case "safepoint" -> SafepointReport.print();
        case "many" ->
            Fork.run(ManyInFlight.class, List.of(), List.of(IN_FLIGHT), System.out::println);
        default -> throw new IllegalArgumentException(part);
      }
    }
  }

  private static void delays() throws IOException, InterruptedException {
    System.out.println("\nfrom a call that blocks to user code holding -ESYSLETPENDING");
    Fork.run(Delays.class, List.of(), List.of("0", ROUNDS, CALLS), System.out::println);
    Fork.run(Delays.class, List.of(), List.of("all", ROUNDS, CALLS), System.out::println);
  }
}
