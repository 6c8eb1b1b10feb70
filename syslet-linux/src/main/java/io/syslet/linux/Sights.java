package io.syslet.linux;

/** What the sysmon saw of each processor when it looked last. For its thread. */
final class Sights {
  private static final long STOPPED_NANOS = 3_000_000;

  private final long[] seen;
  private final long[] holders;
  private final int[] turns;
  private final long[] stopped;

  Sights(int processors) {
    seen = new long[processors];
    holders = new long[processors];
    turns = new int[processors];
    stopped = new long[processors];
  }

  /** Whether the holder of a processor still runs what it ran at the last look. */
  boolean runsOn(Cpu cpu) {
    long record = CpuRecord.active(cpu.record) & ~CpuRecord.LENT;
    return record != 0
        && holders[cpu.index] == record
        && turns[cpu.index] == CarrierRecord.turn(record);
  }

  /** Looks at a processor's holder: whether it is, and is in, what it was at the last look. */
  boolean isStill(Cpu cpu, long record, long seq) {
    int turn = CarrierRecord.turn(record);
    boolean still = seen[cpu.index] == (seq ^ record) && turns[cpu.index] == turn;
    holders[cpu.index] = record;
    seen[cpu.index] = seq ^ record;
    turns[cpu.index] = turn;
    if (!still) {
      goesOn(cpu);
    }
    return still;
  }

  /** The holder is not stopped by the VM. */
  void goesOn(Cpu cpu) {
    stopped[cpu.index] = 0;
  }

  /** The VM has stopped the holder: whether for longer than a safepoint takes. */
  boolean isStoppedForLong(Cpu cpu) {
    if (stopped[cpu.index] == 0) {
      stopped[cpu.index] = System.nanoTime();
    }
    return System.nanoTime() - stopped[cpu.index] > STOPPED_NANOS;
  }
}
