package io.syslet.linux;

import io.syslet.Atoms;
import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Frame;
import io.syslet.Kernel;
import io.syslet.KernelStats;
import io.syslet.Nr;
import io.syslet.Program;
import io.syslet.Registers;
import io.syslet.Task;
import io.syslet.kernel.Counters;
import io.syslet.kernel.Frames;
import io.syslet.kernel.KernelArena;
import io.syslet.kernel.Submission;
import io.syslet.kernel.SysletTask;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.CompletionWord;
import io.syslet.ring.Memory;
import io.syslet.table.CallTable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The syslet kernel of this machine. Unprivileged; needs a JDK 25 with {@code --add-opens
 * java.base/java.lang=ALL-UNNAMED}, {@code --add-exports java.base/jdk.internal.misc=ALL-UNNAMED}
 * and native access.
 */
public final class LinuxKernel implements Kernel {
  private static final int INTERRUPT_ROUNDS = 100;
  private static final int FIRST_WORKERS = 3;

  final LinuxOptions options;
  final Counters counters = new Counters();
  final Frames frames = new Frames();

  private final Arena internal = Arena.ofShared();
  private final KernelArena arena = new KernelArena();
  private final TaskMemory taskMemory = new TaskMemory(internal);
  private final Scheduler scheduler;
  private final Blanks blanks = new Blanks();
  private final AtomicLong ids = new AtomicLong();
  private final Set<LinuxTask> tasks = ConcurrentHashMap.newKeySet();

  @SuppressWarnings("ThreadLocalUsage") // one per kernel, of which there are few
  private final ThreadLocal<SysletTask> current = new ThreadLocal<>();

  private volatile boolean closing;

  private LinuxKernel(LinuxOptions options) {
    this.options = options;
    this.scheduler =
        Scheduler.open(
            SchedulerOptions.defaults()
                .maxBlocked(options.maxWorkers())
                .stackSize(options.stackSize())
                .idleTimeout(options.idleTimeout()),
            options.sentinel(),
            Math.min(FIRST_WORKERS, options.maxWorkers()));
    var _ = scheduler.spawner.limit(options.maxWorkers());
  }

  /**
   * Makes a kernel.
   *
   * @throws UnsupportedOperationException where it cannot run, and why.
   */
  public static LinuxKernel boot(LinuxOptions options) {
    return new LinuxKernel(options);
  }

  /**
   * Ends the process at once, exit_group(2): no shutdown hook runs, and what is buffered is lost.
   * For a command that has flushed its output: the JVM's own exit waits 300 ms for threads in
   * native code, where spare workers and sentinels always are.
   */
  public static void exit(int status) {
    var _ = Native.syscall(Nr.EXIT_GROUP, status, 0, 0, 0, 0, 0);
  }

  // ---- the entry

  @Override
  public long syscall(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    if (CallTable.refuses(nr, a0, a1, a2, a3, a4, a5)) {
      return -Errno.EINVAL;
    }
    if (closing) {
      return -Errno.ESHUTDOWN;
    }
    return (int) nr == Nr.GETTID ? caller().id() : Native.syscall(nr, a0, a1, a2, a3, a4, a5);
  }

  /** Makes the call of a slot on the current thread. */
  long plainly(long slot) {
    return Native.syscall(
        Memory.getLong(slot),
        Memory.getLong(slot + Registers.argument(0)),
        Memory.getLong(slot + Registers.argument(1)),
        Memory.getLong(slot + Registers.argument(2)),
        Memory.getLong(slot + Registers.argument(3)),
        Memory.getLong(slot + Registers.argument(4)),
        Memory.getLong(slot + Registers.argument(5)));
  }

  @Override
  public long indirect(MemorySegment registers, MemorySegment params, int flags) {
    return closing ? -Errno.ESHUTDOWN : caller().indirect(registers, params, flags);
  }

  @Override
  public int indirect(CallSlots slots, int first, int count, int flags) {
    return closing ? -Errno.ESHUTDOWN : caller().indirect(slots, first, count, flags);
  }

  @Override
  public long exec(Atoms atoms, int first, int steps, int flags) {
    return closing ? -Errno.ESHUTDOWN : caller().exec(atoms, first, steps, flags);
  }

  /** The task of the current thread, or its stand-in if it is none of ours. */
  private SysletTask caller() {
    SysletTask caller = current.get();
    if (caller == null) {
      caller = new ForeignCaller(this, ids.incrementAndGet(), Arena.ofAuto());
      current.set(caller);
    }
    return caller;
  }

  @Override
  public long ringWait(CompletionRing ring, long userIndex) {
    return ring.await(userIndex);
  }

  @Override
  public long ringWait(CompletionRing ring, long userIndex, int min, long timeoutNanos) {
    return min < 0 ? -Errno.EINVAL : ring.await(userIndex, min, deadline(timeoutNanos));
  }

  @Override
  public long wordWait(CompletionWord word, long timeoutNanos) {
    return word.await(deadline(timeoutNanos));
  }

  private static long deadline(long timeoutNanos) {
    return timeoutNanos == Long.MAX_VALUE ? timeoutNanos : System.nanoTime() + timeoutNanos;
  }

  // ---- tasks and frames

  @Override
  public Task start(Program program) {
    if (closing) {
      throw new IllegalStateException("the kernel is closed");
    }
    return launch(program);
  }

  private LinuxTask launch(Program program) {
    LinuxTask task = new LinuxTask(this, ids.incrementAndGet(), taskMemory.take(), program);
    tasks.add(task);
    task.start();
    return task;
  }

  /** A task begins, in its own thread. */
  void began(LinuxTask task) {
    current.set(task);
  }

  /** A task has ended. */
  void ended(LinuxTask task) {
    counters.inline.add(task.inline());
    tasks.remove(task);
    taskMemory.give(task.memory());
  }

  @Override
  public long frame(Frame function) {
    return frames.add(function);
  }

  /** Enters a frame, as a new task; or gives its stack back, if there are no new tasks any more. */
  void enterFrame(long ip, long sp) {
    if (closing) {
      frames.give(sp);
    } else {
      var _ = launch(kernel -> frames.enter(ip, sp));
    }
  }

  // ---- workers

  @Override
  public int maxWorkers(int limit) {
    return limit < 1 ? -Errno.EINVAL : scheduler.spawner.limit(limit);
  }

  @Override
  public int processors() {
    return scheduler.queues.count();
  }

  /** What runs the tasks, and the virtual threads that they start. */
  Scheduler scheduler() {
    return scheduler;
  }

  /** Whether a call that blocks now would find a worker. */
  boolean spareReady() {
    return SchedulerRecord.spares(scheduler.record) > 0;
  }

  Submission blank() {
    return blanks.take();
  }

  void recycle(Submission used) {
    blanks.give(used);
  }

  /** Whether calls are refused because the kernel ends. */
  boolean isClosing() {
    return closing;
  }

  // ---- memory, figures, the end

  @Override
  public Arena arena() {
    return arena;
  }

  @Override
  public KernelStats stats() {
    long pending = counters.pending.sum();
    long inline = counters.inline.sum() + scheduler.carriers.inline();
    for (LinuxTask task : tasks) {
      inline += task.inline();
    }
    return new KernelStats(
        inline + pending,
        inline,
        pending,
        counters.missed.sum(),
        counters.pinned.sum(),
        Figures.noSpare(scheduler),
        counters.falseHandOvers.sum(),
        counters.foreign.sum(),
        Math.max(counters.inFlight(), 0),
        counters.maxInFlight(),
        scheduler.spawner.most(),
        scheduler.sentinels.areThere() ? "sentinel" : "sysmon");
  }

  @Override
  public synchronized void close() {
    if (closing) {
      return;
    }
    closing = true;
    drain();
    if (dismiss() && tasks.isEmpty()) {
      arena.free();
      internal.close();
    }
  }

  private void drain() {
    long deadline = System.nanoTime() + options.drain().toNanos();
    while (counters.inFlight() > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(100_000);
    }
    for (Carrier carrier : scheduler.carriers.all()) {
      var _ = carrier.calls.cancel(-Errno.ECANCELED);
    }
  }

  /** Tells all threads to leave, and waits for them: whether all have left. */
  private boolean dismiss() {
    Carrier[] workers = scheduler.carriers.all();
    boolean left = scheduler.end();
    interruptBlocked(workers);
    for (Carrier worker : workers) {
      left &= counters.inFlight() > 0 ? !worker.isAlive() : Scheduler.join(worker);
    }
    return left;
  }

  /**
   * Gets workers out of calls whose completion has been posted; some sleeps cannot be interrupted.
   */
  private void interruptBlocked(Carrier[] workers) {
    for (int i = 0; i < INTERRUPT_ROUNDS && counters.inFlight() > 0; i++) {
      for (Carrier worker : workers) {
        worker.interruptCall();
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
