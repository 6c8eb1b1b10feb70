package io.syslet.examples.doctor;

import io.syslet.examples.doctor.Finding.Grade;
import io.syslet.linux.SelfTest;
import io.syslet.ring.Memory;
import java.util.ArrayList;
import java.util.List;

/** The JDK, its flags, and what we use of it that is no public API: each is tried. */
final class JdkChecks {
  private static final int WANTED = 25;
  private static final String FLAGS =
      "start by ./syslet or syslet.jar, whose manifest has the flags; for others see README.md";

  private JdkChecks() {}

  static List<Finding> all() {
    List<Finding> all = new ArrayList<>();
    all.add(version());
    all.add(memory());
    for (SelfTest.Result result : SelfTest.run()) {
      all.add(internal(result));
    }
    all.add(continuations());
    all.add(dumps());
    return all;
  }

  private static Finding version() {
    return Finding.of(
        "JDK",
        Runtime.version().feature() >= WANTED,
        Grade.MISSING,
        Runtime.version() + ", " + System.getProperty("java.vm.name", "?"),
        "the Linux port does not run",
        "install JDK 25");
  }

  private static Finding memory() {
    return Finding.of(
        "jdk.internal.misc.Unsafe",
        Memory.isDirect(),
        Grade.MISSING,
        Memory.isDirect() ? "exported" : "not exported to Agrona",
        "the Linux port does not run; the plain kernel starts a tenth of a second later",
        FLAGS);
  }

  private static Finding internal(SelfTest.Result result) {
    return Finding.of(
        result.name(),
        result.works(),
        result.isNeeded() ? Grade.MISSING : Grade.DEGRADED,
        result.works() ? "works" : result.problem(),
        result.cost(),
        result.isNeeded() ? FLAGS : "use a HotSpot JDK 25 as it was built");
  }

  /** By reflection, so that this class can be loaded where there is none. */
  private static Finding continuations() {
    String problem = tryContinuation();
    return Finding.of(
        "jdk.internal.vm.Continuation",
        problem.isEmpty(),
        Grade.DEGRADED,
        problem.isEmpty() ? "works" : problem,
        "no simulated kernel: ./syslet sim does not run",
        FLAGS);
  }

  private static String tryContinuation() {
    try {
      Class<?> scope = Class.forName("jdk.internal.vm.ContinuationScope");
      Class<?> type = Class.forName("jdk.internal.vm.Continuation");
      int[] ran = new int[1];
      Object continuation =
          type.getConstructor(scope, Runnable.class)
              .newInstance(
                  scope.getConstructor(String.class).newInstance("doctor"),
                  (Runnable) () -> ran[0]++);
      type.getMethod("run").invoke(continuation);
      boolean done = (boolean) type.getMethod("isDone").invoke(continuation);
      return done && ran[0] == 1 ? "" : "does not run its body";
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static Finding dumps() {
    return Finding.of(
        "thread dumps",
        Runtime.version().feature() != WANTED,
        Grade.NOTE,
        "JDK-8364343 is in this JDK",
        "Thread.dump_to_file and HotSpotDiagnosticMXBean.dumpThreads can crash the JVM while"
            + " virtual threads yield",
        "take dumps by jstack or jcmd Thread.print");
  }
}
