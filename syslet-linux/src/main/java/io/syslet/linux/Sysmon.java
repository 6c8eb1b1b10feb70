package io.syslet.linux;

import io.syslet.kernel.CallRecord;
import io.syslet.ring.Memory;
import java.util.concurrent.locks.LockSupport;

/**
 * The detector behind the sentinels: a thread that samples the call of each processor's active
 * carrier, and hands over one that it sees twice. It finds what a sentinel cannot see, because
 * another program keeps the processor busy, or because there is no sentinel; late, but surely.
 *
 * <p>It parks after ten rounds without a carrier at work. Whoever activates a carrier looks whether
 * it is parked, after the activation; it looks for active carriers after it has said that it parks;
 * so one sees the other.
 */
final class Sysmon extends Thread {
  private static final long BEHIND_SENTINEL_NANOS = 1_000_000;
  private static final long ALONE_NANOS = 50_000;
  private static final int QUIET_ROUNDS = 10;

  private final LinuxKernel kernel;
  private final long period;
  private final long[] seen;
  private volatile boolean parked;

  Sysmon(LinuxKernel kernel, int cpus) {
    super(null, null, "syslet-sysmon", 0, false);
    this.kernel = kernel;
    this.period = kernel.options.sentinel() ? BEHIND_SENTINEL_NANOS : ALONE_NANOS;
    this.seen = new long[cpus];
    setDaemon(true);
  }

  /** A carrier has become active. */
  void arm() {
    if (parked) {
      parked = false;
      LockSupport.unpark(this);
    }
  }

  @Override
  public void run() {
    int quiet = 0;
    while (!kernel.isClosed()) {
      LockSupport.parkNanos(period);
      quiet = look() ? 0 : quiet + 1;
      if (quiet > QUIET_ROUNDS) {
        rest();
        quiet = 0;
      }
    }
  }

  private void rest() {
    parked = true;
    if (!anyActive()) {
      while (parked && !kernel.isClosed()) {
        LockSupport.park(this);
      }
    }
    parked = false;
  }

  private boolean anyActive() {
    boolean active = false;
    for (int i = 0; i < seen.length; i++) {
      Cpu cpu = kernel.cpu(i);
      active |= cpu != null && CpuRecord.active(cpu.record) != 0;
    }
    return active;
  }

  private boolean look() {
    boolean active = false;
    for (int i = 0; i < seen.length; i++) {
      Cpu cpu = kernel.cpu(i);
      if (cpu != null) {
        active |= look(cpu, i);
      }
    }
    return active;
  }

  private boolean look(Cpu cpu, int i) {
    long record = CpuRecord.active(cpu.record);
    long seq = record == 0 ? 0 : Memory.getLongAcquire(record + CallRecord.SEQ);
    boolean calling = (seq & 1) != 0 && (seq & CallRecord.CLAIMED) == 0;
    if (calling && seen[i] == (seq ^ record)) {
      claim(cpu, record, seq);
    }
    seen[i] = seq ^ record;
    return record != 0;
  }

  private static void claim(Cpu cpu, long record, long seq) {
    Carrier standby = cpu.take();
    if (standby != null) {
      boolean won =
          Memory.compareAndSetLong(record + CallRecord.SEQ, seq, seq | CallRecord.CLAIMED);
      standby.go(won ? record : 0);
    }
  }
}
