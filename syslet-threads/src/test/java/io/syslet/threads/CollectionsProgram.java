package io.syslet.threads;

/**
 * {@code CollectionsProgram COLLECTIONS}: collects garbage so often, with 10 ms between, while
 * eight virtual threads sleep in native code, others park, and dumps are made; then prints what
 * they did and what the MXBean says.
 */
final class CollectionsProgram {
  private static final int READERS = 8;
  private static final int READ_MICROS = 3_000;

  private CollectionsProgram() {}

  public static void main(String[] args) throws Exception {
    ThreadletsMXBean figures = Managed.await();
    Busy busy = Busy.start(READERS, READ_MICROS);
    Dumper dumper = Dumper.start();
    Collector.collect(Integer.parseInt(args[0]));
    System.out.println("dumps " + dumper.stop());
    busy.report();
    busy.stop();
    System.out.println("starved " + figures.getStarved());
    System.out.println("workers " + figures.getMostWorkers());
    System.out.println("replacements " + figures.getReplacements());
    System.out.println("blocked " + Settled.blocked(figures));
    System.out.println("mounted " + figures.getMounted());
  }
}
