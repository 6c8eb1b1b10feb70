package io.syslet.bench.soak;

import io.syslet.bench.Allocation;
import io.syslet.bench.Proc;
import java.util.ArrayList;
import java.util.List;

/**
 * What the process holds at a moment.
 *
 * @param nanos when.
 * @param allocated bytes that all threads have allocated.
 * @param megabytes resident.
 */
record Snapshot(long nanos, long allocated, long threads, long descriptors, long megabytes) {
  /** Workers come and go, and so do the JVM's compilers. */
  private static final long THREADS = 8;

  /** A recording has files of its own. */
  private static final long DESCRIPTORS = 4;

  /** A leak of 64 bytes a call would be 61 MB after a million. */
  private static final long MEGABYTES = 48;

  private static final long KILO = 1024;

  static Snapshot take() {
    return new Snapshot(
        System.nanoTime(),
        Allocation.bytes(),
        Proc.threads(),
        Proc.descriptors(),
        Proc.residentKilobytes() / KILO);
  }

  /** What has grown beyond what is ordinary. */
  List<String> leaksSince(Snapshot before) {
    List<String> leaks = new ArrayList<>();
    grown(leaks, "threads", threads - before.threads, THREADS);
    grown(leaks, "descriptors", descriptors - before.descriptors, DESCRIPTORS);
    grown(leaks, "megabytes", megabytes - before.megabytes, MEGABYTES);
    return leaks;
  }

  private static void grown(List<String> leaks, String what, long by, long limit) {
    if (by > limit) {
      leaks.add(by + " " + what);
    }
  }
}
