package io.syslet.bench.handover;

import io.syslet.bench.Fork;
import io.syslet.bench.Machine;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that concerns calls that block: {@code HandOverReport [delays|safepoint|many]... [--quick]}.
 * Each part runs in a JVM of its own.
 */
public final class HandOverReport {
  private static final String QUICK = "--quick";
  private static final String IN_FLIGHT = "10000";

  private HandOverReport() {}

  /** Prints the tables. */
  public static void main(String[] args) throws Exception {
    boolean isQuick = List.of(args).contains(QUICK);
    List<String> asked = Stream.of(args).filter(arg -> !arg.equals(QUICK)).toList();
    List<String> parts = asked.isEmpty() ? List.of("delays", "safepoint", "many") : asked;
    System.out.println("handover: " + Machine.text());
    for (String part : parts) {
      switch (part) {
        case "delays" -> delays(isQuick);
        case "safepoint" -> SafepointReport.print(isQuick ? 100 : 520);
        case "many" ->
            Fork.run(ManyInFlight.class, List.of(), List.of(IN_FLIGHT), System.out::println);
        default -> throw new IllegalArgumentException(part);
      }
    }
  }

  private static void delays(boolean isQuick) throws IOException, InterruptedException {
    String rounds = isQuick ? "2" : "7";
    String calls = isQuick ? "1000" : "5000";
    System.out.println("\nfrom a call that blocks to user code holding -ESYSLETPENDING");
    Fork.run(Delays.class, List.of(), List.of("0", rounds, calls), System.out::println);
    Fork.run(Delays.class, List.of(), List.of("all", rounds, calls), System.out::println);
  }
}
