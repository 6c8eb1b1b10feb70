package io.syslet.kernel.sim;

import io.syslet.Errno;
import io.syslet.kernel.Nanos;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The end of a machine, from outside or by one of its own tasks: new calls are refused; calls in
 * flight are drained for a while, then canceled; tasks are killed; workers exit. Runs on the
 * machine's thread.
 */
final class Shutdown {
  /** How long those who were killed may take, in the machine's time. */
  private static final long LAST_NANOS = 1_000_000_000;

  private final SimSystem system;
  private final VirtualMachine machine;

  Shutdown(SimSystem system) {
    this.system = system;
    this.machine = system.machine;
  }

  /** Whether all workers have exited, but for the caller's own. */
  boolean run() {
    machine.trace().event("close");
    system.refuse();
    SimTask caller = system.currentTask();
    int own = caller == null ? 0 : 1;
    long deadline = machine.now() + Nanos.of(system.options.drain());
    await(deadline, () -> system.counters.inFlight() == 0);
    for (Worker worker : List.copyOf(system.workers.all())) {
      worker.calls().cancel(-Errno.ECANCELED);
    }
    system.silence();
    for (SimTask task : List.copyOf(system.tasks())) {
      if (task != caller) {
        task.signals().kill();
      }
    }
    system.workers.dismiss();
    await(machine.now() + LAST_NANOS, () -> system.workers.count() == own);
    machine.trace().flush();
    return system.workers.count() == own;
  }

  /** Lets the machine go on until a condition holds, or nothing happens any more. */
  private void await(long deadline, BooleanSupplier condition) {
    if (system.currentTask() != null) {
      while (!condition.getAsBoolean() && system.changes().sleepUntil(deadline) == 0) {}
      return;
    }
    Event timer = machine.schedule(deadline, () -> {});
    while (!condition.getAsBoolean() && machine.now() < deadline && machine.step()) {}
    machine.cancel(timer);
  }
}
