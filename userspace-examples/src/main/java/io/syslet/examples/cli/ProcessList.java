package io.syslet.examples.cli;

import io.syslet.examples.observe.Sample;
import io.syslet.linux.ProcessView;
import io.syslet.linux.SchedulerView;
import java.io.IOException;
import java.util.Locale;

/** The processes of this user, or all for root, that have a kernel or threadlets of syslet. */
final class ProcessList {
  private ProcessList() {}

  /** Prints a line for each kernel or scheduler; the exit status. */
  static int print() throws IOException {
    int columns = Terminal.now().columns();
    StringBuilder text =
        new StringBuilder("%8s %-12s %9s  %s%n".formatted("PID", "NAME", "AGE", "COMMAND"));
    ProcessHandle.allProcesses()
        .mapToLong(ProcessHandle::pid)
        .sorted()
        .forEach(pid -> add(text, pid, columns));
    Streams.print(text.toString());
    return Main.OK;
  }

  private static void add(StringBuilder text, long pid, int columns) {
    try (ProcessView process = new ProcessView(pid)) {
      for (SchedulerView view : process.schedulers()) {
        Sample now = Sample.of(view);
        String line =
            String.format(
                Locale.ROOT,
                "%8d %-12s %7.1f s  %s",
                pid,
                now.name(),
                now.ageMillis() / 1000.0,
                CommandLineOf.process(pid));
        text.append(line, 0, Math.min(line.length(), columns)).append('\n');
      }
    } catch (IOException e) {
      // Another's, or it has ended, or it is of another version: not for us.
    }
  }
}
