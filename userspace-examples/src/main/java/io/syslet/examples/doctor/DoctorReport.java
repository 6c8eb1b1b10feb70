package io.syslet.examples.doctor;

import io.syslet.examples.doctor.Finding.Grade;
import java.util.Locale;
import java.util.stream.Collectors;

/** An examination as text, and as JSON. */
public final class DoctorReport {
  private DoctorReport() {}

  /** For people: what is well is one line, and what is not says what it costs and what to do. */
  public static String text(Examination examination) {
    StringBuilder text = new StringBuilder(summary(examination));
    for (Finding finding : examination.findings()) {
      text.append(
          "%-8s %-46s %s%n".formatted(grade(finding.grade()), finding.name(), finding.found()));
      more(text, "costs: ", finding.cost());
      more(text, "to do: ", finding.advice());
    }
    return text.toString();
  }

  private static void more(StringBuilder text, String what, String says) {
    if (!says.isEmpty()) {
      text.append("         ").append(what).append(says).append('\n');
    }
  }

  private static String summary(Examination examination) {
    KernelTrial trial = examination.trial();
    String walk =
        examination.problem().isEmpty()
            ? "the walk can run"
            : "the walk cannot run: " + examination.problem();
    return "%s%nkernel %s, detector %s: %d of %d sleeps were handed over, half of them within %s%n%s%n%n"
        .formatted(
            walk,
            trial.kernel(),
            trial.detector(),
            trial.handedOver(),
            trial.sleeps(),
            String.format(Locale.ROOT, "%.0f µs", trial.medianNanos() / 1000.0),
            counts(examination));
  }

  private static String counts(Examination examination) {
    long degraded = count(examination, Grade.DEGRADED);
    long missing = count(examination, Grade.MISSING);
    return degraded + missing == 0
        ? "nothing is degraded"
        : degraded + " degraded, " + missing + " missing";
  }

  private static long count(Examination examination, Grade grade) {
    return examination.findings().stream().filter(each -> each.grade() == grade).count();
  }

  private static String grade(Grade grade) {
    return grade.name().toLowerCase(Locale.ROOT);
  }

  /** One object. */
  public static String json(Examination examination) {
    KernelTrial trial = examination.trial();
    return "{\"walk\": %b, \"problem\": %s, \"kernel\": %s, \"detector\": %s, "
            .formatted(
                examination.problem().isEmpty(),
                quoted(examination.problem()),
                quoted(trial.kernel()),
                quoted(trial.detector()))
        + "\"sleeps\": %d, \"handed_over\": %d, \"median_ns\": %d, \"findings\": [%s]}%n"
            .formatted(
                trial.sleeps(),
                trial.handedOver(),
                trial.medianNanos(),
                examination.findings().stream()
                    .map(DoctorReport::json)
                    .collect(Collectors.joining(", ")));
  }

  private static String json(Finding finding) {
    return "{\"name\": %s, \"grade\": \"%s\", \"found\": %s, \"cost\": %s, \"advice\": %s}"
        .formatted(
            quoted(finding.name()),
            grade(finding.grade()),
            quoted(finding.found()),
            quoted(finding.cost()),
            quoted(finding.advice()));
  }

  private static String quoted(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", " ");
    return '"' + plain.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
