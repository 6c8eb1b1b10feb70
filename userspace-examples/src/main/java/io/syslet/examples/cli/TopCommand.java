package io.syslet.examples.cli;

import io.syslet.examples.observe.BlockTable;
import io.syslet.examples.observe.FlightControl;
import io.syslet.examples.observe.RecorderSettings;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.consumer.EventStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code syslet top}: what blocks in a running process. */
@Command(
    name = "top",
    description = {
      "Which calls and paths of a running process block, for how long, and where hand-overs are"
          + " missed; since this command looks.",
      "A flight recording runs in the process meanwhile."
    })
final class TopCommand implements Callable<Integer> {
  private static final String CLEAR = "\033[H\033[2J";
  private static final int LINES = 20;
  private static final int LINES_AROUND = 4;
  private static final double MILLIS = 1000;

  @Parameters(paramLabel = "PID", description = "the process")
  private String pid = "";

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "from one table to the next, default ${DEFAULT-VALUE}")
  private double interval;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      defaultValue = "0",
      description = "so many tables, default until interrupted")
  private long count;

  @Option(
      names = "--depth",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "paths are put together by their first N folders, default ${DEFAULT-VALUE}; 0: by the"
              + " call alone")
  private int depth;

  @Option(names = "--json", description = "the last table, one JSON object a line")
  private boolean json;

  private final AtomicBoolean isOver = new AtomicBoolean();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!(interval >= 0.1 && interval <= 86_400) || count < 0 || depth < 0) {
      Streams.complain("--interval is 0.1 to 86400 seconds, --count and --depth not negative");
      return Main.USAGE;
    }
    try {
      Target target = Target.parse(pid);
      target.check();
      return watch(target);
    } catch (Target.RefusedException e) {
      return e.report();
    }
  }

  private int watch(Target target)
      throws IOException, InterruptedException, Target.RefusedException {
    BlockTable table = new BlockTable(depth);
    FlightControl control = new FlightControl(target.pid());
    String name = "syslet-top-" + ProcessHandle.current().pid();
    try {
      control.start(name, RecorderSettings.top());
    } catch (IOException e) {
      throw target.refused(e);
    }
    AtExit ending = AtExit.of(() -> stop(target, control, name));
    AtExit.of(() -> finishInterrupted(table));
    try (EventStream stream = EventStream.openRepository(control.repository())) {
      stream.onEvent(table::add);
      stream.startAsync();
      return show(target, table);
    } finally {
      isOver.set(true);
      ending.run();
    }
  }

  private static void stop(Target target, FlightControl control, String name) {
    try {
      if (target.isAlive()) {
        control.stop(name);
      }
    } catch (IOException e) {
      if (target.isAlive()) {
        Streams.complain("the recording " + name + " goes on: " + e.getMessage());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int show(Target target, BlockTable table) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    for (long i = 0; count == 0 || i < count; i++) {
      boolean ended = target.endsWithin(Math.round(interval * MILLIS));
      if (!json) {
        print(target, table, (System.nanoTime() - begun) / 1e9);
      }
      if (ended) {
        finish(table);
        return target.ended();
      }
    }
    finish(table);
    return Main.OK;
  }

  private void finish(BlockTable table) throws IOException {
    if (json && !isOver.getAndSet(true)) {
      Streams.print(table.json());
    }
  }

  /** A signal has ended the command, as it usually ends. */
  private void finishInterrupted(BlockTable table) {
    try {
      finish(table);
    } catch (IOException e) {
      Streams.complain(Failure.text(e));
    }
  }

  private static void print(Target target, BlockTable table, double seconds) throws IOException {
    Terminal terminal = Terminal.now();
    int rows = terminal.isThere() ? Math.max(terminal.rows() - LINES_AROUND, 1) : LINES;
    String title =
        "%s: %s in %.0f s: %s".formatted(target.pid(), table.sum(), seconds, target.command());
    List<String> lines = table.lines(rows, terminal.columns());
    Streams.print(
        (terminal.isThere() ? CLEAR : "")
            + title.substring(0, Math.min(title.length(), terminal.columns() - 1))
            + "\n\n"
            + BlockTable.header()
            + "\n"
            + String.join("\n", lines)
            + (lines.isEmpty() ? "" : "\n")
            + (terminal.isThere() ? "" : "\n"));
  }
}
