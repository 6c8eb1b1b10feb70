package io.syslet.linux;

import io.syslet.kernel.CallRecord;
import io.syslet.ring.Memory;

/** A detector that claims whatever call it sees, asleep or not, at any instruction of it. */
final class Claimer {
  private final LinuxKernel kernel;
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);

  Claimer(LinuxKernel kernel) {
    this.kernel = kernel;
  }

  /** Begins to claim, until stopped, or until the kernel closes. */
  void start() {
    thread.start();
  }

  void stop() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted() && !kernel.isClosing()) {
      for (Cpu cpu : kernel.scheduler().queues.cpus()) {
        claim(cpu);
      }
    }
  }

  private void claim(Cpu cpu) {
    long record = CpuRecord.active(cpu.record) & ~CpuRecord.LENT;
    long seq = record == 0 ? 0 : Memory.getLongAcquire(record + CallRecord.SEQ);
    if ((seq & 1) == 0 || (seq & CallRecord.CLAIMED) != 0) {
      return;
    }
    Carrier spare = kernel.scheduler().spares.take();
    if (spare != null) {
      boolean won =
          Memory.compareAndSetLong(record + CallRecord.SEQ, seq, seq | CallRecord.CLAIMED);
      spare.go(cpu, won ? record : 0);
    }
  }
}
