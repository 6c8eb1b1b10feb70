package io.syslet.bench.coroutine;

import io.syslet.bench.Figures;
import io.syslet.bench.Fork;
import io.syslet.bench.Machine;
import io.syslet.bench.Table;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What a coroutine costs, and a poller: {@code CoroutineReport [ROUNDS]}.
 *
 * <p>Each round starts a process for each subject in turn; a figure is the median of all that they
 * print. Times are processor times, but for the subject that consists of threads.
 */
public final class CoroutineReport {
  static final String OURS = "syslet, continuations";
  static final String ON_THREADS = "syslet, threads";
  static final String BARE = "bare Continuation";
  static final String KOTLIN = "Kotlin (no stack)";
  static final String VIRTUAL = "virtual thread, own scheduler";
  static final String C = "C, sigsetjmp as QEMU, pooled";

  static final String PLAIN = "plain callbacks";
  static final String NONE_PAUSES = "may pause, none does";
  static final String ONE_PAUSES = "one of twenty pauses each time";
  static final String ALL_PAUSE = "all pause each time";

  static final int CREATES = 1_000_000;
  static final int YIELDS = 5_000_000;
  static final int NESTS = 1_000;

  private static final List<String> IN_JAVA = List.of(OURS, BARE, VIRTUAL, KOTLIN, ON_THREADS);
  private static final List<String> POLLERS = List.of(PLAIN, NONE_PAUSES, ONE_PAUSES, ALL_PAUSE);
  private static final List<String> JVM = List.of("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC");

  private final Map<String, Map<String, Figures>> found = new LinkedHashMap<>();

  private CoroutineReport() {}

  /** Prints the tables. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    CoroutineReport report = new CoroutineReport();
    CoroutineProgram inC = CoroutineProgram.compile();
    for (int i = 0; i < rounds; i++) {
      report.round(inC);
    }
    inC.delete();
    System.out.println("coroutines; " + Machine.text());
    report.print("create", "create, enter, finish");
    report.print("yield", "enter and yield");
    report.print("nest", "create and enter from the one before, 1,000 deep, each");
    report.printBytes();
    report.printPollers();
    if (!inC.isThere()) {
      System.out.println("\nno gcc here: the program in C was not measured");
    }
  }

  private void round(CoroutineProgram inC) throws IOException, InterruptedException {
    for (String subject : IN_JAVA) {
      System.err.println("coroutine: " + subject);
      Fork.run(CoroutineRounds.class, JVM, List.of(subject), line -> add(subject, line));
    }
    inC.run(line -> add(C, line));
    for (String kind : POLLERS) {
      System.err.println("coroutine: pollers: " + kind);
      Fork.run(PollerRounds.class, JVM, List.of(kind), line -> add(kind, line));
    }
  }

  private void add(String subject, String line) {
    int space = line.indexOf(' ');
    figures(line.substring(0, space), subject).add(Double.parseDouble(line.substring(space + 1)));
  }

  private Figures figures(String what, String subject) {
    return found
        .computeIfAbsent(what, w -> new LinkedHashMap<>())
        .computeIfAbsent(subject, s -> new Figures());
  }

  private void print(String what, String title) {
    Table table = new Table(title, "ns", "min..max", "ours / this");
    double ours = figures(what, OURS).median();
    Objects.requireNonNull(found.get(what))
        .forEach(
            (subject, nanos) ->
                table.row(
                    subject,
                    Table.number(nanos.median(), 1),
                    nanos.range(1),
                    String.format(Locale.ROOT, "%.2f", ours / nanos.median())));
    System.out.println();
    System.out.print(table);
  }

  private void printBytes() {
    Table table = new Table("suspended, of 100,000", "bytes of heap each", "min..max");
    Objects.requireNonNull(found.get("bytes"))
        .forEach(
            (subject, bytes) ->
                table.row(subject, Table.number(bytes.median(), 0), bytes.range(0)));
    System.out.println();
    System.out.print(table);
  }

  private void printPollers() {
    Table table = new Table("idle pollers", "million/s of processor time", "min..max", "of plain");
    double plain = figures("pollers", PLAIN).median();
    Objects.requireNonNull(found.get("pollers"))
        .forEach(
            (kind, rate) ->
                table.row(
                    kind,
                    Table.number(rate.median(), 1),
                    rate.range(1),
                    String.format(Locale.ROOT, "%.0f%%", 100 * rate.median() / plain)));
    System.out.println();
    System.out.print(table);
  }
}
