package io.syslet.examples.cli;

import io.syslet.examples.doctor.DoctorReport;
import io.syslet.examples.doctor.Examination;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code syslet doctor}. */
@Command(
    name = "doctor",
    description = {
      "What this machine and this JVM allow, how a block is seen, what is degraded and what that"
          + " costs, and what to do about it.",
      "The exit status is 0 if the walk can run."
    })
final class DoctorCommand implements Callable<Integer> {
  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Examination examination = Examination.make();
    Streams.print(json ? DoctorReport.json(examination) : DoctorReport.text(examination));
    if (examination.problem().isEmpty()) {
      return Main.OK;
    }
    Streams.complain("cannot run here: " + examination.problem());
    return Main.INCOMPLETE;
  }
}
