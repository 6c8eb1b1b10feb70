package io.syslet.bench.threadlets;

/** {@code SwitchRounds KIND}: once to warm up, and then how many a second. */
final class SwitchRounds {
  private static final double NANOS = 1e9;

  private SwitchRounds() {}

  public static void main(String[] args) throws Exception {
    SwitchKind kind = SwitchKind.valueOf(args[0]);
    int _ = kind.run();
    long start = System.nanoTime();
    int done = kind.run();
    System.out.println(done * NANOS / (System.nanoTime() - start));
  }
}
