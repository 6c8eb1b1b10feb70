package io.syslet.bench.soak;

import io.syslet.bench.Fork;
import io.syslet.bench.Machine;
import java.util.List;

/** The soak in a JVM of its own: {@code SoakReport [CALLS]}; fails when something leaks. */
public final class SoakReport {
  private SoakReport() {}

  /** Prints the table. */
  public static void main(String[] args) throws Exception {
    String calls = args.length > 0 ? args[0] : "1000000";
    List<String> flags = List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");
    System.out.println("soak: " + Machine.text());
    Fork.run(SoakRounds.class, flags, List.of(calls), System.out::println);
  }
}
