package io.syslet.kernel.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The workers of a kernel: who stands by, and how many there may be. */
final class Workers {
  /** More than so many do not stand by: they exit. */
  static final int MOST_SPARES = 256;

  private final SimSystem system;
  private final ArrayDeque<Worker> spares = new ArrayDeque<>();
  private final ArrayList<Worker> all = new ArrayList<>();
  private int limit;
  private int made;
  private int most = 1;

  Workers(SimSystem system, int limit) {
    this.system = system;
    this.limit = limit;
  }

  /** Sets the limit, 1 or more: the old one. */
  int limit(int changed) {
    int old = limit;
    limit = changed;
    return old;
  }

  /** The greatest number so far of those that count: standing by, blocked in calls, one active. */
  int most() {
    return most;
  }

  /** How many there are. */
  int count() {
    return all.size();
  }

  /** How many stand by. */
  int spares() {
    return spares.size();
  }

  List<Worker> all() {
    return all;
  }

  boolean hasSpare() {
    return !spares.isEmpty();
  }

  /** Part of {@code pre}: makes sure that a worker stands by, if there may be one. */
  void prepareSpare() {
    MachineCore machine = system.machine;
    if (!spares.isEmpty() && machine.faults().strikes(Fault.SPARE_KILLED)) {
      killSpare();
    }
    if (spares.isEmpty() && counted() < limit && !system.isClosing()) {
      machine.charge(system.costs.newWorker());
      spares.push(make());
      most = Math.max(most, counted());
    }
  }

  private int counted() {
    return spares.size() + system.counters.inFlight() + 1;
  }

  /** Takes a spare for the user of a call that blocks; null, and that is counted, if none waits. */
  @Nullable Worker takeSpare() {
    boolean none = system.machine.faults().strikes(Fault.NO_SPARE);
    Worker spare = none ? null : spares.poll();
    if (spare == null) {
      system.counters.noSpare.increment();
      system.machine.trace().event("nospare");
    }
    return spare;
  }

  /** A worker for a new task: a spare, or a new one. */
  Worker forTask() {
    Worker spare = spares.poll();
    return spare != null ? spare : make();
  }

  private Worker make() {
    Worker worker = new Worker(system, ++made);
    worker.index = all.size();
    all.add(worker);
    return worker;
  }

  /** A worker has nothing to do: whether it is to stand by; otherwise it exits. */
  boolean standBy(Worker worker) {
    if (spares.size() >= MOST_SPARES || counted() >= limit || system.isClosing()) {
      return false;
    }
    spares.push(worker);
    return true;
  }

  /** A worker has left. */
  void left(Worker worker) {
    system.machine.trace().event("exit", worker.id());
    Worker last = all.removeLast();
    if (last != worker) {
      all.set(worker.index, last);
      last.index = worker.index;
    }
    system.changed();
  }

  /** A signal kills a worker that stands by: whether there was one. */
  boolean killSpare() {
    Worker spare = spares.poll();
    if (spare == null) {
      return false;
    }
    system.machine.trace().event("kill", spare.id());
    spare.exit();
    system.machine.ready(spare);
    return true;
  }

  /** Tells all that stand by to exit. */
  void dismiss() {
    while (killSpare()) {}
  }
}
