package io.syslet.threads;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code LeaksProgram SECONDS}: for so long, crowds of virtual threads open a file, sleep in native
 * code, and sleep. Prints how many threads, descriptors and KiB in memory this process had at least
 * in the second quarter of that time, and in the last.
 */
final class LeaksProgram {
  private static final int CROWD = 50;
  private static final long NANOS = 1_000_000_000;
  private static final List<String> WHAT = List.of("threads", "descriptors", "memory");

  private LeaksProgram() {}

  public static void main(String[] args) throws Exception {
    long quarter = Long.parseLong(args[0]) * NANOS / 4;
    long start = System.nanoTime();
    List<int[]> quarters = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      quarters.add(least(start + i * quarter));
    }
    for (int i = 0; i < WHAT.size(); i++) {
      System.out.println(WHAT.get(i) + "Before " + quarters.get(1)[i]);
      System.out.println(WHAT.get(i) + "After " + quarters.get(3)[i]);
    }
  }

  /** Works until then: the least that there was of each. */
  private static int[] least(long end) throws Exception {
    int[] least = now();
    while (System.nanoTime() < end) {
      crowd();
      int[] now = now();
      for (int i = 0; i < now.length; i++) {
        least[i] = Math.min(least[i], now[i]);
      }
    }
    return least;
  }

  private static int[] now() throws IOException {
    return new int[] {count("/proc/self/task"), count("/proc/self/fd"), resident()};
  }

  private static int count(String folder) {
    String[] names = new File(folder).list();
    return names == null ? 0 : names.length;
  }

  private static int resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")))
        .sum();
  }

  private static void crowd() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      threads.add(Thread.startVirtualThread(LeaksProgram::work));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void work() {
    try {
      byte[] read = Files.readAllBytes(Path.of("/proc/self/stat"));
      NativeSleep.micros(2_000 + read.length % 2);
      Thread.sleep(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
