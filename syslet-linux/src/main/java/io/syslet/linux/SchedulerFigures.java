package io.syslet.linux;

/** Adds up what the workers and processors of a scheduler have counted. */
final class SchedulerFigures {
  private SchedulerFigures() {}

  static SchedulerStats of(Scheduler scheduler) {
    int mounted = 0;
    int blocked = 0;
    for (Carrier carrier : scheduler.carriers.all()) {
      boolean runs = carrier.mounted() != null;
      mounted += runs ? 1 : 0;
      blocked += runs && CarrierRecord.isLost(carrier.record) ? 1 : 0;
    }
    RunQueues queues = scheduler.queues;
    Spawner spawner = scheduler.spawner;
    return new SchedulerStats(
        queues.count(),
        mounted,
        blocked,
        queues.waiting(),
        spawner.workers(),
        spawner.most(),
        spawner.limit.blocked(),
        retakes(queues),
        starved(queues));
  }

  private static long retakes(RunQueues queues) {
    long sum = 0;
    for (Cpu cpu : queues.cpus()) {
      sum += CpuRecord.retakes(cpu.record);
    }
    return sum;
  }

  private static long starved(RunQueues queues) {
    long sum = 0;
    for (Cpu cpu : queues.cpus()) {
      sum += CpuRecord.starved(cpu.record);
    }
    return sum;
  }

  /** Calls that slept while no spare was there, as the sentinels saw it. */
  static long noSpare(Scheduler scheduler) {
    long sum = 0;
    for (Cpu cpu : scheduler.queues.cpus()) {
      sum += CpuRecord.noSpare(cpu.record);
    }
    return sum;
  }
}
