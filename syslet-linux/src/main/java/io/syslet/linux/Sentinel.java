package io.syslet.linux;

/**
 * The detector of one processor: a SCHED_IDLE thread bound to it, which the scheduler runs exactly
 * when nothing else wants to run there, above all when the active carrier sleeps. It spends its
 * life in native code ({@code stub.c}), so it never holds up a safepoint.
 */
final class Sentinel extends Thread {
  private final LinuxKernel kernel;
  private final Cpu cpu;

  Sentinel(LinuxKernel kernel, Cpu cpu) {
    super(null, null, "syslet-sentinel-" + cpu.number, 64 << 10, false);
    this.kernel = kernel;
    this.cpu = cpu;
    setDaemon(true);
  }

  @Override
  public void run() {
    if (Affinity.pin(cpu.number) < 0 || Affinity.schedIdle() < 0) {
      kernel.noSentinel();
    } else {
      Native.sentinel(cpu.record);
    }
  }
}
