package io.syslet.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A program that loops on each processor, until it is closed. */
final class BusyMachine implements AutoCloseable {
  private final List<Process> hogs = new ArrayList<>();

  private BusyMachine() {}

  static BusyMachine start() throws IOException {
    BusyMachine busy = new BusyMachine();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      busy.hogs.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
    }
    return busy;
  }

  @Override
  public void close() {
    hogs.forEach(Process::destroyForcibly);
  }

  @Override
  public String toString() {
    return hogs.size() + " programs that loop";
  }
}
