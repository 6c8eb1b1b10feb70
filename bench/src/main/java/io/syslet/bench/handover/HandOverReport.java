package io.syslet.bench.handover;

import io.syslet.bench.Fork;
import io.syslet.bench.Machine;
import java.util.List;

/**
 * All that concerns calls that block: {@code HandOverReport [ROUNDS [CALLS]]}. Each part runs in a
 * JVM of its own.
 */
public final class HandOverReport {
  private HandOverReport() {}

  /** Prints the tables. */
  public static void main(String[] args) throws Exception {
    String rounds = args.length > 0 ? args[0] : "7";
    String calls = args.length > 1 ? args[1] : "5000";
    System.out.println(
        "handover: from a call that blocks to user code holding -ESYSLETPENDING; "
            + Machine.text());
    Fork.run(Delays.class, List.of(), List.of("quiet", rounds, calls), System.out::println);
    Fork.run(Delays.class, List.of(), List.of("hogs", rounds, calls), System.out::println);
    SafepointReport.print();
    Fork.run(ManyInFlight.class, List.of(), List.of("10000"), System.out::println);
  }
}
