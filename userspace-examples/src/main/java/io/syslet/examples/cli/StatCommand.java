package io.syslet.examples.cli;

import io.syslet.examples.observe.Sample;
import io.syslet.examples.observe.StatTable;
import io.syslet.linux.ProcessView;
import io.syslet.linux.SchedulerView;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code syslet stat}: the counters of a running process. */
@Command(
    name = "stat",
    description = {
      "What a running process counts, a line each second; the first line is the average since its"
          + " beginning.",
      "The process does nothing for it. Without PID: which processes there are."
    })
final class StatCommand implements Callable<Integer> {
  private static final int LINES_BETWEEN_HEADERS = 20;
  private static final double MILLIS = 1000;

  @Parameters(arity = "0..1", paramLabel = "PID", description = "the process")
  private @Nullable String pid;

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "SECONDS",
      defaultValue = "1",
      description = "from one line to the next, default ${DEFAULT-VALUE}")
  private double interval;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      defaultValue = "0",
      description = "so many times, default until interrupted")
  private long count;

  @Option(names = "--json", description = "one JSON object a line: totals, not rates")
  private boolean json;

  private final Map<SchedulerView, Sample> before = new HashMap<>();
  private int lines;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!(interval >= 0.01 && interval <= 86_400) || count < 0) {
      Streams.complain("--interval is 0.01 to 86400 seconds, and --count not negative");
      return Main.USAGE;
    }
    try {
      return pid == null ? ProcessList.print() : watch(Target.parse(pid));
    } catch (Target.RefusedException e) {
      return e.report();
    }
  }

  private int watch(Target target)
      throws IOException, InterruptedException, Target.RefusedException {
    try (ProcessView process = new ProcessView(target.pid())) {
      List<SchedulerView> first = look(target, process);
      if (first.isEmpty()) {
        throw target.withoutSyslet();
      }
      print(target, first);
      for (long i = 1; count == 0 || i < count; i++) {
        Thread.sleep(Math.round(interval * MILLIS));
        List<SchedulerView> now = lookAgain(target, process);
        if (now.isEmpty() && target.endsWithin(100)) {
          return target.ended();
        }
        print(target, now);
      }
      return Main.OK;
    }
  }

  private static List<SchedulerView> look(Target target, ProcessView process)
      throws Target.RefusedException {
    try {
      return process.schedulers();
    } catch (IOException e) {
      throw target.refused(e);
    }
  }

  private static List<SchedulerView> lookAgain(Target target, ProcessView process)
      throws IOException {
    try {
      return process.schedulers();
    } catch (FileSystemException e) {
      if (target.isAlive()) {
        throw e;
      }
      return List.of();
    }
  }

  private void print(Target target, List<SchedulerView> views) throws IOException {
    StatTable table = new StatTable(Terminal.now().columns());
    StringBuilder text = new StringBuilder();
    for (SchedulerView view : views) {
      Sample now = Sample.of(view);
      if (json) {
        text.append(now.json(target.pid()));
        continue;
      }
      if (lines++ % LINES_BETWEEN_HEADERS == 0) {
        text.append(table.header());
      }
      Sample old = before.put(view, now);
      text.append(old == null ? table.row(now) : table.row(old, now));
    }
    before.keySet().retainAll(views);
    Streams.print(text.toString());
  }
}
