package io.syslet.examples.doctor;

import io.syslet.Kernel;
import io.syslet.KernelProvider;
import io.syslet.examples.doctor.Finding.Grade;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * All that was found.
 *
 * @param problem why the walk cannot run, in one line; empty if it can.
 * @param trial the kernel of the walk at work, or the best one if that cannot run.
 * @param findings in the order in which things depend on each other.
 */
public record Examination(String problem, KernelTrial trial, List<Finding> findings) {
  private static final String OF_THE_WALK = "linux";

  /** Examines the machine and the JVM; takes about half a second. */
  public static Examination make() throws Exception {
    List<Finding> kernels = new ArrayList<>();
    String problem = "";
    for (KernelProvider provider : KernelProvider.all()) {
      kernels.add(kernel(provider));
      problem = provider.name().equals(OF_THE_WALK) ? provider.unsupported() : problem;
    }
    List<Finding> findings = new ArrayList<>(CallChecks.all());
    findings.addAll(JdkChecks.all());
    findings.addAll(LimitChecks.all());
    findings.addAll(kernels);
    // Without the reactor: its sleeps are to need a hand-over.
    LinuxOptions options = LinuxOptions.defaults().reactor(false);
    try (Kernel kernel = problem.isEmpty() ? LinuxKernel.boot(options) : Kernel.open()) {
      return new Examination(problem, KernelTrial.of(kernel), List.copyOf(findings));
    }
  }

  private static Finding kernel(KernelProvider provider) {
    String reason = provider.unsupported();
    return Finding.of(
        "kernel " + provider.name(),
        reason.isEmpty(),
        Grade.MISSING,
        reason.isEmpty() ? "can run" : reason,
        "Kernel.open() takes another",
        "see above");
  }
}
