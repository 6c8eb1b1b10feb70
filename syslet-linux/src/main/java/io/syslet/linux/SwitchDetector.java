package io.syslet.linux;

import io.syslet.kernel.CallRecord;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.util.function.Consumer;

/**
 * The detector for a crowded machine, where no sentinel runs: the kernel itself records that a
 * carrier has left its CPU to sleep, and wakes the {@link Sysmon}, which acts at once and need not
 * look again. It costs a wake-up for each switch of who holds a processor, and nothing while they
 * run on.
 *
 * <pre>
 *   carrier                      kernel                     sysmon
 *   seq odd: in a call
 *   falls asleep                 record: out                seq? odd, say s
 *                                                           last record? out
 *   wakes up                     record: in
 *   seq even, odd, s + 2                                    CAS seq: s -> claimed, if it is still s
 * </pre>
 *
 * The seq is read before the record. So "out" was written behind it, or before the call began; a
 * carrier that began it afterwards has come in since, and the last record would say so. Who wakes
 * up between the record and the CAS, in the same call, has slept in it.
 *
 * <p>For the sysmon's thread.
 */
final class SwitchDetector {
  private final Scheduler scheduler;
  private final HolderWatch holders;
  private final Cpu[] cpus;
  private final SwitchWatch switches;
  private final Consumer<SwitchWatch.Watched> switched = this::switched;
  private boolean isOn;

  SwitchDetector(Scheduler scheduler, HolderWatch holders, Arena arena) {
    this.scheduler = scheduler;
    this.holders = holders;
    this.cpus = scheduler.queues.cpus();
    this.switches = new SwitchWatch(arena);
  }

  /** Whether the kernel gives such records, as far as was tried. */
  boolean isPossible() {
    return switches.isPossible();
  }

  /** Has the kernel record switches, or gives all back. */
  void watch(boolean on) {
    if (on == isOn) {
      return;
    }
    if (!on) {
      switches.close();
    }
    isOn = on;
    SchedulerRecord.setRecorded(scheduler.record, on);
  }

  /** Whether it is to be waited for. */
  boolean isOn() {
    return isOn;
  }

  /** A spare is about to come to a processor. */
  void expect(Carrier spare) {
    if (isOn) {
      switches.add(spare);
    }
  }

  /** Waits so many nanoseconds at most, until a carrier is switched, and acts if that sleeps. */
  void await(long nanos) {
    for (Cpu cpu : cpus) {
      long record = CpuRecord.active(cpu.record) & ~CpuRecord.LENT;
      Carrier holder = record == 0 ? null : scheduler.carriers.find(record);
      if (holder != null) {
        switches.add(holder);
      }
    }
    switches.await(nanos, switched);
  }

  private void switched(SwitchWatch.Watched entry) {
    Carrier carrier = entry.carrier();
    long seq = Memory.getLongAcquire(carrier.record + CallRecord.SEQ);
    if (scheduler.carriers.find(carrier.record) != carrier) {
      switches.close(entry);
    } else if (entry.records().isOut() && !staysWatched(carrier.record, seq)) {
      switches.drop(entry);
    }
  }

  /** A carrier has left its CPU: whether it holds a processor all the same. */
  private boolean staysWatched(long record, long seq) {
    for (Cpu cpu : cpus) {
      long active = CpuRecord.active(cpu.record);
      if ((active & ~CpuRecord.LENT) == record) {
        return (seq & CallRecord.CLAIMED) == 0 && !holders.sleeps(cpu, active, seq);
      }
    }
    return false;
  }
}
