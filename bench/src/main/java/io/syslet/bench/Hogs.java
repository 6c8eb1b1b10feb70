package io.syslet.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Other programs that want every processor all the time, each bound to one. */
public final class Hogs implements AutoCloseable {
  private final List<Process> running = new ArrayList<>();

  private Hogs() {}

  /**
   * Starts so many, bound to the processors in turn; by name: {@code 0}, {@code 1}, {@code all}.
   */
  public static Hogs start(String howMany) throws IOException {
    int all = Runtime.getRuntime().availableProcessors();
    int count = howMany.equals("all") ? all : Integer.parseInt(howMany);
    Hogs hogs = new Hogs();
    for (int cpu = 0; cpu < count; cpu++) {
      Process hog = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
      hogs.running.add(hog);
      Host.pin(hog.pid(), cpu);
    }
    return hogs;
  }

  /** What they do to a measurement, for its title. */
  public String title() {
    return running.isEmpty()
        ? "nothing else running"
        : "hogs bound to processors: " + running.size();
  }

  /** Ends them. */
  @Override
  public void close() {
    running.forEach(Process::destroyForcibly);
  }
}
