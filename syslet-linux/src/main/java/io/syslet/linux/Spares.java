package io.syslet.linux;

import io.syslet.kernel.CallRecord;
import io.syslet.ring.Memory;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a scheduler that stand by, on the stack of its record, until a processor needs
 * one. Any thread.
 */
final class Spares {
  private final Scheduler scheduler;
  private final long record;

  Spares(Scheduler scheduler) {
    this.scheduler = scheduler;
    this.record = scheduler.record;
  }

  /** Tells a spare to come to a processor: whether one will, now or already. */
  boolean kick(Cpu cpu) {
    while (CpuRecord.expect(cpu.record)) {
      Carrier spare = take();
      if (spare != null) {
        spare.go(cpu, 0);
        return true;
      }
      CpuRecord.countStarved(cpu.record);
      CpuRecord.arrived(cpu.record);
      if (SchedulerRecord.spares(record) <= 0) {
        scheduler.spawner.refill();
        return false;
      }
    }
    return true;
  }

  /** A spare that stood by, or null. */
  @Nullable Carrier take() {
    Carrier here = Carrier.current();
    int number = here == null ? 0 : CarrierRecord.ranOn(here.record);
    long spare = SchedulerRecord.pop(record, number);
    return spare == 0 ? null : scheduler.carriers.of(spare);
  }

  /** Adds a carrier that stands by, by itself. */
  void add(Carrier carrier) {
    Memory.putIntVolatile(carrier.record + CallRecord.GO, 0);
    SchedulerRecord.push(record, carrier.record, CarrierRecord.ranOn(carrier.record));
    if (scheduler.queues.anyNeedsOthers()) {
      scheduler.queues.kickFree();
    }
    if (scheduler.isClosed()) {
      dismiss();
    }
  }

  /**
   * A spare has not been needed for long: whether it leaves. Another may in its place, the one that
   * stood by last, since the stack gives no other.
   */
  boolean retires(Carrier carrier) {
    Spawner spawner = scheduler.spawner;
    if (!spawner.retire(scheduler.queues.count() + 1)) {
      return false;
    }
    Carrier last = take();
    if (last == null) {
      spawner.stays();
    } else if (last != carrier) {
      last.go(null, 0);
    }
    return last == carrier;
  }

  /** Lets all of them leave, as the scheduler ends. */
  void dismiss() {
    for (Carrier spare = take(); spare != null; spare = take()) {
      scheduler.spawner.left();
      spare.go(null, 0);
    }
  }
}
