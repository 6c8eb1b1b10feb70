package io.syslet.kernel.sim;

/** What reaches a task from outside: interrupts, which end a sleep, and the end of its program. */
final class TaskSignals {
  private final SimTask task;
  private final MachineCore machine;
  private boolean killed;
  private boolean dying;

  TaskSignals(SimTask task, MachineCore machine) {
    this.task = task;
    this.machine = machine;
  }

  /** Interrupts the task: its thread's interrupt status is set, and an interruptible sleep ends. */
  void interrupt() {
    task.user().thread().interrupt();
    task.worker().signal(machine);
  }

  /** Ends the task at the next boundary between its program and the kernel. */
  void kill() {
    if (!killed) {
      killed = true;
      machine.trace().event("kill-task", task.id());
      task.worker().kill(machine);
      if (task.worker().isParked()) {
        task.user().thread().interrupt();
      }
    }
  }

  /**
   * At the boundary: a killed task's program goes no further, but for its finally blocks. That of a
   * host thread has nothing but the call, whose result is the thread's.
   *
   * @return whether calls are to be refused.
   * @throws TaskKilled once, in a program that is no host thread's.
   */
  boolean die() {
    if (killed && !dying) {
      dying = true;
      if (!task.isForeign()) {
        throw new TaskKilled(task.id());
      }
    }
    return dying;
  }
}
