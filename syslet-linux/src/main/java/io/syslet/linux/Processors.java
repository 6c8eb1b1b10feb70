package io.syslet.linux;

import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/**
 * The processors of a kernel. Each gets its workers and its sentinel when the first task is put on
 * it, so a program of one task on a large machine costs no more than on a small one.
 */
final class Processors {
  private static final int FIRST_WORKERS = 3;

  private final LinuxKernel kernel;
  private final int[] numbers;
  private final Arena arena;
  private final @Nullable Cpu[] cpus;
  private final @Nullable Sentinel[] sentinels;
  private int next;

  Processors(LinuxKernel kernel, int[] numbers, Arena arena) {
    this.kernel = kernel;
    this.numbers = numbers;
    this.arena = arena;
    this.cpus = new @Nullable Cpu[numbers.length];
    this.sentinels = new @Nullable Sentinel[numbers.length];
  }

  int count() {
    return numbers.length;
  }

  /** The processor at an index, or null while it has had no task. Racy, for the sysmon. */
  @Nullable Cpu get(int i) {
    return cpus[i];
  }

  /** The processor for a new task: each in turn. */
  synchronized Cpu forTask() {
    int i = next;
    next = (next + 1) % numbers.length;
    Cpu cpu = cpus[i];
    return cpu == null ? boot(i) : cpu;
  }

  private Cpu boot(int i) {
    Cpu cpu = new Cpu(kernel, numbers[i], arena.allocate(CpuRecord.LENGTH, 128).address());
    cpus[i] = cpu;
    kernel.spawner.spawn(cpu, FIRST_WORKERS);
    if (kernel.options.sentinel()) {
      Sentinel sentinel = new Sentinel(kernel, cpu);
      sentinels[i] = sentinel;
      sentinel.start();
    }
    return cpu;
  }

  /** Tells spare workers and sentinels to leave: whether the sentinels have left. */
  synchronized boolean quit() {
    boolean left = true;
    for (int i = 0; i < cpus.length; i++) {
      Cpu cpu = cpus[i];
      if (cpu != null) {
        cpu.dismiss();
        CpuRecord.quit(cpu.record);
        Sentinel sentinel = sentinels[i];
        left &= sentinel == null || LinuxKernel.join(sentinel);
      }
    }
    return left;
  }

  /** Calls that slept while no spare worker was there, as the sentinels saw it. */
  synchronized long noSpare() {
    long sum = 0;
    for (Cpu cpu : cpus) {
      sum += cpu == null ? 0 : CpuRecord.noSpare(cpu.record);
    }
    return sum;
  }
}
