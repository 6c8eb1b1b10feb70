package io.syslet.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.opentest4j.TestAbortedException;

/**
 * A control group of a test's own, of cgroup v2 or v1, which bounds the processors or the threads
 * of what is started in it. The test is skipped where none can be made.
 */
final class ControlGroup implements AutoCloseable {
  private static final Path GROUPS = Path.of("/sys/fs/cgroup");
  private static final Path CONTROL = GROUPS.resolve("cgroup.subtree_control");
  private static final int PERIOD_MICROS = 100_000;

  private final Path folder;

  private ControlGroup(String controller) throws IOException {
    if (isUnified()) {
      Files.writeString(CONTROL, "+" + controller);
    }
    folder = Files.createTempDirectory(isUnified() ? GROUPS : GROUPS.resolve(controller), "syslet");
  }

  private static boolean isUnified() {
    return Files.exists(CONTROL);
  }

  /** One that may use some processors, as {@code 0-3,5}. */
  static ControlGroup ofProcessors(String cpus) {
    return make("cpuset", cpus);
  }

  /** One that may use so much of a processor. */
  static ControlGroup ofPerCent(int perCent) {
    return make("cpu", Integer.toString(perCent * PERIOD_MICROS / 100));
  }

  /** One of so many threads at most. */
  static ControlGroup ofThreads(int most) {
    return make("pids", Integer.toString(most));
  }

  private static ControlGroup make(String controller, String most) {
    try {
      ControlGroup group = new ControlGroup(controller);
      try {
        group.bound(controller, most);
        return group;
      } catch (IOException e) {
        group.close();
        throw e;
      }
    } catch (IOException e) {
      throw new TestAbortedException("no control group can be made here", e);
    }
  }

  private void bound(String controller, String most) throws IOException {
    if (controller.equals("cpuset")) {
      if (!isUnified()) {
        String nodes = Files.readString(GROUPS.resolve("cpuset/cpuset.mems"));
        Files.writeString(folder.resolve("cpuset.mems"), nodes);
      }
      allow(most);
    } else if (controller.equals("pids")) {
      Files.writeString(folder.resolve("pids.max"), most);
    } else if (isUnified()) {
      Files.writeString(folder.resolve("cpu.max"), most + " " + PERIOD_MICROS);
    } else {
      Files.writeString(folder.resolve("cpu.cfs_period_us"), "" + PERIOD_MICROS);
      Files.writeString(folder.resolve("cpu.cfs_quota_us"), most);
    }
  }

  /** Changes the processors that may be used. */
  void allow(String cpus) throws IOException {
    Files.writeString(folder.resolve("cpuset.cpus"), cpus);
  }

  /** The command line by which another one runs in it. */
  List<String> inside(List<String> command) {
    Path processes = folder.resolve("cgroup.procs");
    List<String> line =
        new ArrayList<>(List.of("sh", "-c", "echo $$ > " + processes + " && exec \"$@\"", "sh"));
    line.addAll(command);
    return line;
  }

  /** All that was started in it has ended. */
  @Override
  public void close() throws IOException {
    Files.delete(folder);
  }
}
