package io.syslet.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Other programs that want every processor all the time, one bound to each. */
public final class Hogs implements AutoCloseable {
  private final List<Process> running = new ArrayList<>();

  private Hogs() {}

  /** Starts one for each processor, or none if they are not wanted. */
  public static Hogs start(boolean wanted) throws IOException {
    Hogs hogs = new Hogs();
    for (int cpu = 0; wanted && cpu < Runtime.getRuntime().availableProcessors(); cpu++) {
      Process hog = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
      hogs.running.add(hog);
      Host.pin(hog.pid(), cpu);
    }
    return hogs;
  }

  /** What they do to a measurement, for its title. */
  public String title() {
    return running.isEmpty() ? "nothing else running" : "a hog bound to each processor";
  }

  /** Ends them. */
  @Override
  public void close() {
    running.forEach(Process::destroyForcibly);
  }
}
