package io.syslet.examples.doctor;

import io.syslet.examples.doctor.Finding.Grade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How much of descriptors, threads and processors there is for us. */
final class LimitChecks {
  private static final int NOFILE = 7;
  private static final int NPROC = 6;
  private static final int FILES_WANTED = 1024;
  private static final int THREADS_WANTED = 512;
  private static final Path CGROUP = Path.of("/sys/fs/cgroup");

  private LimitChecks() {}

  static List<Finding> all() {
    List<Finding> all = new ArrayList<>();
    all.add(limit("RLIMIT_NOFILE", NOFILE, FILES_WANTED, "directories", "ulimit -n 65536"));
    all.add(limit("RLIMIT_NPROC", NPROC, THREADS_WANTED, "calls", "ulimit -u unlimited"));
    all.add(pids());
    all.add(quota());
    all.add(load());
    return all;
  }

  private static Finding limit(String name, int resource, int wanted, String what, String advice) {
    long soft = HostProbe.softLimit(resource);
    boolean enough = soft < 0 || soft >= wanted;
    return few(name, enough, soft < 0 ? "unlimited" : "" + soft, what, advice);
  }

  private static Finding few(
      String name, boolean enough, String found, String what, String advice) {
    String cost = "fewer " + what + " in flight at a time";
    return Finding.of(name, enough, Grade.DEGRADED, found, cost, advice);
  }

  private static Finding pids() {
    String max = read(group().resolve("pids.max"));
    boolean enough = !max.matches("\\d+") || Long.parseLong(max) >= THREADS_WANTED;
    String found = max.isEmpty() ? "no limit found" : max;
    return few("cgroup pids.max", enough, found, "calls", "raise the pids limit of the container");
  }

  /** The quota of cpu.max: "200000 100000" are two processors. */
  private static Finding quota() {
    String[] max = read(group().resolve("cpu.max")).split(" ", -1);
    boolean limited = max.length == 2 && max[0].matches("\\d+") && max[1].matches("[1-9]\\d*");
    String found =
        limited
            ? String.format(
                Locale.ROOT, "%.2f processors", Double.parseDouble(max[0]) / Long.parseLong(max[1]))
            : "no quota found";
    return Finding.of(
        "cgroup cpu.max",
        !limited,
        Grade.DEGRADED,
        found,
        "whoever has used up the quota is stopped for the rest of the period, also in the middle of"
            + " a hand-over",
        "prefer cpuset or cpu.weight to a quota");
  }

  private static Finding load() {
    String[] average = read(Path.of("/proc/loadavg")).split(" ", -1);
    int processors = Runtime.getRuntime().availableProcessors();
    boolean known = average[0].matches("\\d+\\.\\d+");
    boolean idle = !known || Double.parseDouble(average[0]) < processors;
    return Finding.of(
        "load",
        idle,
        Grade.DEGRADED,
        known ? average[0] + " on " + processors + " processors" : "unknown",
        "a sentinel sees nothing where others keep its processor busy; the kernel's records of"
            + " switches tell who sleeps then, and the walk's calls are punted to helpers",
        "leave a processor idle");
  }

  /** The folder of our cgroup, of version 2; the root of all where there is none. */
  private static Path group() {
    for (String line : read(Path.of("/proc/self/cgroup")).split("\n", -1)) {
      Path own = CGROUP.resolve(line.replaceFirst("^0::/", ""));
      if (line.startsWith("0::") && Files.isDirectory(own)) {
        return own;
      }
    }
    return CGROUP;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
