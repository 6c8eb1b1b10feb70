package io.syslet.kernel.sim;

import io.syslet.CallSlots;
import io.syslet.KernelStats;
import io.syslet.Program;
import io.syslet.kernel.Canceler;
import io.syslet.kernel.Counters;
import io.syslet.kernel.Ending;
import io.syslet.kernel.Frames;
import io.syslet.kernel.PendingCall;
import io.syslet.kernel.PendingLimit;
import io.syslet.kernel.Uninterruptibly;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The inside of a {@link SimKernel}: what its parts know of each other. */
final class SimSystem {
  final SimKernel kernel;
  final SimOptions options;
  final CostModel costs;
  final VirtualMachine machine;
  final SimProcess process;
  final Dispatcher calls;
  final Poster poster;
  final Workers workers;
  final Driver driver;
  private final ForeignCalls foreign;
  final Counters counters;
  final Frames frames;
  final Ending ending;
  final Canceler canceler;

  private final LinkedHashSet<SimTask> tasks = new LinkedHashSet<>();
  private final ArrayDeque<Long> freeMemory = new ArrayDeque<>();
  private final SimWaitQueue changes;
  private final Arena internal = Arena.ofShared();
  private long taskIds;
  private long pendings;
  private int parked;
  private final Object closeLock = new Object();
  private volatile boolean closing;
  private volatile boolean silent;
  private boolean ended;

  SimSystem(
      SimKernel kernel,
      Counters counters,
      Frames frames,
      PendingLimit limit,
      SimOptions options,
      SimInstaller installer) {
    this.kernel = kernel;
    this.counters = counters;
    this.frames = frames;
    this.ending = new Ending(counters, frames, limit, this::launch);
    this.options = options;
    this.costs = options.costs();
    this.machine = new VirtualMachine(options);
    this.process = new SimProcess(machine::runningOrNull);
    this.poster = new Poster(machine);
    this.changes = new SimWaitQueue(machine, "the end of calls and workers");
    this.calls = new Dispatcher(machine, process, costs, installer);
    this.workers = new Workers(this, options.maxWorkers());
    this.driver = new Driver(this);
    this.foreign = new ForeignCalls(this);
    this.canceler = new Canceler(this::eachPending, new SimTime(this));
  }

  private void eachPending(Consumer<PendingCall> visitor) {
    for (Worker worker : List.copyOf(workers.all())) {
      visitor.accept(worker.calls().state);
    }
  }

  // ---- tasks; on the machine's thread

  /** A new task; nothing of it has run when this returns. */
  SimTask start(Program program) {
    return run(newTask(++taskIds, false, program));
  }

  /** A task that stands in for a host thread, with that one's id. */
  SimTask startForeign(long id, Program program) {
    return run(newTask(id, true, program));
  }

  /** An id for a host thread. */
  long newId() {
    return ++taskIds;
  }

  ForeignCalls foreign() {
    return foreign;
  }

  private SimTask run(SimTask task) {
    Worker worker = workers.forTask();
    worker.give(task);
    machine.ready(worker);
    return task;
  }

  private SimTask newTask(long id, boolean foreign, Program program) {
    SimTask task = new SimTask(this, id, takeMemory(), foreign, program);
    tasks.add(task);
    task.user().start();
    machine.trace().event("start", task.id());
    return task;
  }

  private long takeMemory() {
    Long used = freeMemory.poll();
    return used != null
        ? used
        : internal.allocate(SimTask.MEMORY_LENGTH, CallSlots.LENGTH).address();
  }

  /** A task's program has ended. */
  void ended(SimTask task) {
    machine.trace().event("end", task.id());
    tasks.remove(task);
    freeMemory.push(task.memory());
    task.ended();
    changed();
  }

  /** Starts a task on a worker that has none; false if there are no new tasks any more. */
  boolean launchOn(Worker worker, Program program) {
    if (closing) {
      return false;
    }
    worker.give(newTask(++taskIds, false, program));
    return true;
  }

  private boolean launch(Program program) {
    if (closing) {
      return false;
    }
    run(newTask(++taskIds, false, program));
    return true;
  }

  /** The task whose program calls; null if it is none of ours. Any thread. */
  @Nullable SimTask currentTask() {
    Worker worker = machine.running();
    SimTask task = worker == null ? null : worker.task();
    return task != null && task.user().thread() == Thread.currentThread() ? task : null;
  }

  /** The number of a call that is handed over. */
  long nextPending() {
    return ++pendings;
  }

  // ---- who waits for what

  /** A task has parked in its program, or goes on. */
  void parked(int more) {
    parked += more;
  }

  /** Tasks that wait for something outside of the machine. */
  int parked() {
    return parked;
  }

  /** Nothing will happen any more: who waits for what. */
  DeadlockException deadlock() {
    return new DeadlockException(
        "deadlock at "
            + machine.now()
            + " ns: "
            + (tasks.isEmpty() ? "no task" : list(tasks))
            + workers.all().stream()
                .filter(worker -> worker.calls().pending() != 0)
                .map(worker -> "; " + worker)
                .limit(20)
                .collect(Collectors.joining()));
  }

  private static String list(Iterable<SimTask> tasks) {
    StringBuilder text = new StringBuilder();
    for (SimTask task : tasks) {
      text.append(text.isEmpty() ? "" : "; ").append(task);
    }
    return text.toString();
  }

  // ---- the end

  boolean isClosing() {
    return closing;
  }

  /** A call, a task or a worker has ended: who waits for that looks again. */
  void changed() {
    changes.wakeAll();
  }

  /** The last completion has been posted: who waits outside of a task is told. */
  void silence() {
    silent = true;
  }

  /** Whether no completion comes any more. */
  boolean isSilent() {
    return silent;
  }

  /** New calls are refused from now on. */
  void refuse() {
    closing = true;
  }

  Set<SimTask> tasks() {
    return tasks;
  }

  SimWaitQueue changes() {
    return changes;
  }

  /** Ends the machine: whether the memory that programs had may be freed. Any thread. */
  boolean close() {
    if (currentTask() != null) {
      shutDown();
      return false;
    }
    synchronized (closeLock) {
      return !ended && closeFromOutside();
    }
  }

  private boolean closeFromOutside() {
    ended = true;
    boolean gone = driver.call(this::shutDown);
    driver.end();
    Uninterruptibly.join(driver);
    if (gone && tasks.isEmpty()) {
      internal.close();
      return true;
    }
    return false;
  }

  private boolean shutDown() {
    return new Shutdown(this).run();
  }

  SimCensus census() {
    return new SimCensus(tasks.size(), workers.count(), workers.spares(), frames.inUse());
  }

  KernelStats stats() {
    return counters.stats(0, 0, workers.most(), "hook");
  }
}
