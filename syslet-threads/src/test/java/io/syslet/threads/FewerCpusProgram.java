package io.syslet.threads;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * {@code FewerCpusProgram [FILE ONE ALL]}: virtual threads run on all CPUs, on one, and on all
 * again, as the affinity says; or on one, on all, and on one again, as the program writes it into a
 * control group's file. Prints how many the JVM and the MXBean see each time, and what was done in
 * half a second.
 */
final class FewerCpusProgram {
  private static final int READERS = 4;
  private static final int READ_MICROS = 2_000;
  private static final int MILLIS = 500;

  private FewerCpusProgram() {}

  public static void main(String[] args) throws Exception {
    ThreadletsMXBean figures = Managed.await();
    Busy busy = Busy.start(READERS, READ_MICROS);
    BitSet all = Cpus.allowed();
    int count = all.cardinality();
    if (args.length == 0) {
      phase("first", count, figures, busy);
      Cpus.allow(all.get(0, all.nextSetBit(0) + 1));
      phase("second", 1, figures, busy);
      Cpus.allow(all);
      phase("third", count, figures, busy);
    } else {
      phase("first", 1, figures, busy);
      Files.writeString(Path.of(args[0]), args[2]);
      phase("second", count, figures, busy);
      Files.writeString(Path.of(args[0]), args[1]);
      phase("third", 1, figures, busy);
    }
    busy.stop();
    System.out.println("blocked " + Settled.blocked(figures));
  }

  private static void phase(String name, int cpus, ThreadletsMXBean figures, Busy busy)
      throws InterruptedException {
    while (figures.getProcessors() != cpus || Runtime.getRuntime().availableProcessors() != cpus) {
      Thread.sleep(1);
    }
    long ticks = busy.ticks();
    long reads = busy.reads();
    int passes = busy.passes();
    Thread.sleep(MILLIS);
    System.out.println(name + "Cpus " + cpus);
    System.out.println(name + "Ticks " + (busy.ticks() - ticks));
    System.out.println(name + "Reads " + (busy.reads() - reads));
    System.out.println(name + "Passes " + (busy.passes() - passes));
  }
}
