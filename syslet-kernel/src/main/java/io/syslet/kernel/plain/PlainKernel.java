package io.syslet.kernel.plain;

import io.syslet.KernelStats;
import io.syslet.Nr;
import io.syslet.Program;
import io.syslet.Task;
import io.syslet.kernel.Counters;
import io.syslet.kernel.Ending;
import io.syslet.kernel.KernelArena;
import io.syslet.kernel.Nanos;
import io.syslet.kernel.PendingCall;
import io.syslet.kernel.RealTimeKernel;
import io.syslet.kernel.StayedBehind;
import io.syslet.kernel.Submission;
import io.syslet.kernel.SysletTask;
import io.syslet.kernel.reactor.Reactor;
import io.syslet.kernel.reactor.WaitRecorder;
import io.syslet.ring.HostCalls;
import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The kernel for any machine: it needs no flag of the JVM's and nothing that the machine might
 * refuse. A task is a platform thread. A call that by the {@linkplain io.syslet.table.CallTable
 * table} never sleeps is made at once; any other is made by a worker, and its caller waits a short
 * {@linkplain PlainOptions#grace grace} for it before it goes on with −ESYSLETPENDING. So a cached
 * file costs two thread switches here, which it does not on the kernel of {@code syslet-linux}.
 *
 * <p>The calls are Linux's. On another system each is answered −ENOSYS, {@code gettid} excepted;
 * tasks, rings, words, frames and programs of {@code umem_add} work.
 */
public final class PlainKernel extends RealTimeKernel {
  final Counters counters = counters();
  final Ending ending = new Ending(counters, frames(), pendingLimit(), this::launch);
  final PlainWorkers workers;

  /** What waits for calls without a worker; null for workers alone. */
  final @Nullable Reactor reactor;

  private final PlainOptions options;
  private final PlainDoor door = new PlainDoor();
  private final int processors = Runtime.getRuntime().availableProcessors();
  private final KernelArena arena = new KernelArena();
  private final AtomicLong ids = new AtomicLong();
  private volatile boolean canceling;
  private volatile long cancelStatus;

  @SuppressWarnings("ThreadLocalUsage") // one per kernel, of which there are few
  private final ThreadLocal<PlainTask> current = new ThreadLocal<>();

  @SuppressWarnings("this-escape") // nobody works before the first task
  private PlainKernel(PlainOptions options) {
    this.options = options;
    this.workers = new PlainWorkers(this, options.maxWorkers(), Nanos.of(options.idleTimeout()));
    this.reactor = options.reactor() && HostCalls.areThere() ? newReactor() : null;
  }

  private Reactor newReactor() {
    long idleNanos = Nanos.of(options.idleTimeout());
    return new Reactor(
        door, workers::execute, this::launch, ending, alarms(), idleNanos, WaitRecorder.NONE);
  }

  /** Makes a kernel with the {@linkplain PlainOptions#defaults default options}. */
  public static PlainKernel boot() {
    return boot(PlainOptions.defaults());
  }

  /** Makes a kernel. */
  public static PlainKernel boot(PlainOptions options) {
    return new PlainKernel(options);
  }

  @Override
  public String name() {
    return PlainProvider.NAME;
  }

  // ---- the entry

  @Override
  protected SysletTask caller() {
    PlainTask caller = current.get();
    if (caller == null) {
      caller = new PlainTask(this, ids.incrementAndGet(), false);
      current.set(caller);
    }
    return caller;
  }

  @Override
  protected boolean isInside() {
    PlainTask caller = current.get();
    return caller != null && caller.isTask();
  }

  @Override
  protected long plainly(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    return (int) nr == Nr.GETTID ? caller().id() : door.call(nr, a0, a1, a2, a3, a4, a5);
  }

  /** Nanoseconds that a caller waits for a call that may sleep. */
  long graceNanos() {
    return Nanos.of(options.grace());
  }

  /** Waits a moment for what another thread is about to do. */
  @SuppressWarnings("ThreadPriorityCheck") // where there is one processor, the other needs it
  void pause() {
    if (processors > 1) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }

  // ---- tasks and pending calls

  @Override
  protected Task newTask(Program program) {
    PlainTask task = new PlainTask(this, ids.incrementAndGet(), true);
    task.start(program);
    return task;
  }

  /** A task begins, in its own thread. */
  void began(PlainTask task) {
    current.set(task);
  }

  /** A task has ended. */
  void ended() {
    left();
  }

  /** The caller of a worker's call has gone on without it. */
  void handedOver(PlainWorker worker) {
    if (canceling) {
      worker.cancel(cancelStatus);
    }
  }

  /** A worker's call has ended whose caller had gone on: whether the submission is free again. */
  boolean ended(StayedBehind worker, Submission of, long callerData, long status) {
    return ending.ended(worker, of, callerData, status);
  }

  /** The frame of a call that was canceled is not entered. */
  void giveFrame(Submission of) {
    if (of.ip() != 0) {
      frames().give(of.sp());
    }
  }

  /** How many stacks of frames belong to calls at present. */
  int framesInUse() {
    return frames().inUse();
  }

  // ---- limits, memory, figures

  @Override
  protected int limitWorkers(int limit) {
    return workers.limit(limit);
  }

  @Override
  public int processors() {
    return processors;
  }

  @Override
  public Arena arena() {
    return arena;
  }

  @Override
  public KernelStats stats() {
    return counters.stats(0, 0, workers.most(), "pool");
  }

  // ---- the end

  @Override
  protected long drainNanos() {
    return Nanos.of(options.drain());
  }

  @Override
  protected void cancelPending(long status) {
    cancelStatus = status;
    canceling = true;
    for (PlainWorker worker : workers.all()) {
      worker.cancel(status);
    }
    if (reactor != null) {
      reactor.cancel(status);
    }
  }

  @Override
  protected void eachPending(Consumer<PendingCall> visitor) {
    for (PlainWorker worker : workers.all()) {
      visitor.accept(worker.pending);
    }
    if (reactor != null) {
      reactor.each(visitor);
    }
  }

  /** A worker that cannot be got out of its call keeps the memory that the call may use. */
  @Override
  protected void free() {
    if (reactor != null) {
      reactor.end();
    }
    workers.end(arena::free);
  }
}
