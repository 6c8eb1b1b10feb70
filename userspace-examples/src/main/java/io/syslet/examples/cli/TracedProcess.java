package io.syslet.examples.cli;

import io.syslet.examples.observe.FlightControl;
import io.syslet.examples.observe.RecorderSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A running process that records for a while. */
final class TracedProcess {
  private static final double MILLIS = 1000;

  private final Target target;
  private final long micros;
  private final Path folder;
  private final FlightControl control;
  private final String name = "syslet-trace-" + ProcessHandle.current().pid();
  private int status = Main.INCOMPLETE;

  TracedProcess(Target target, long micros, Path folder) {
    this.target = target;
    this.micros = micros;
    this.folder = folder;
    this.control = new FlightControl(target.pid());
  }

  /** Looks for some seconds, or until interrupted: the exit status. */
  int run(@Nullable Double seconds, TracedCommand.Writer writer)
      throws InterruptedException, Target.RefusedException {
    try {
      target.give(folder);
      String file = "filename=" + folder.resolve(target.pid() + ".jfr");
      control.start(
          name,
          Stream.concat(RecorderSettings.trace(micros).stream(), Stream.of(file, "dumponexit=true"))
              .toList());
    } catch (IOException e) {
      throw target.refused(e);
    }
    AtExit ending = AtExit.of(() -> write(writer));
    boolean ended =
        target.endsWithin(seconds == null ? Long.MAX_VALUE : Math.round(seconds * MILLIS));
    ending.run();
    return ended && status == Main.OK ? target.ended() : status;
  }

  private void write(TracedCommand.Writer writer) {
    try {
      if (target.isAlive()) {
        control.stop(name);
      }
    } catch (IOException e) {
      if (target.isAlive()) {
        Streams.complain(target.pid() + ": " + e.getMessage());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      boolean written = writer.write(folder);
      status = written ? Main.OK : Main.INCOMPLETE;
      if (!written) {
        Streams.complain(target.pid() + ": nothing was recorded" + why());
      }
    } catch (IOException e) {
      Streams.complain("no trace: " + Failure.text(e));
    }
  }

  private String why() {
    return target.isAlive() ? ": nothing ran" : ": the process has ended without a word";
  }
}
