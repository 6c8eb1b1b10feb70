package io.syslet.linux;

/**
 * The detector of one CPU: a SCHED_IDLE thread bound to it, which the kernel's scheduler runs
 * exactly when nothing else wants to run there, above all when a carrier sleeps. It spends its life
 * in native code ({@code stub.c}), so it never holds up a safepoint.
 */
final class Sentinel extends Thread {
  final long record;
  private final int number;
  private final Runnable refused;

  /**
   * Makes the thread.
   *
   * @param refused is run if the thread may not be bound or have that priority.
   */
  Sentinel(String name, int number, long record, Runnable refused) {
    super(null, null, name + "-sentinel-" + number, 64 << 10, false);
    this.number = number;
    this.record = record;
    this.refused = refused;
    setDaemon(true);
  }

  @Override
  public void run() {
    if (Affinity.pin(number) < 0 || Native.sentinel(record) < 0) {
      refused.run();
    }
  }
}
