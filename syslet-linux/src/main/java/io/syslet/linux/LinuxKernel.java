package io.syslet.linux;

import io.syslet.KernelStats;
import io.syslet.Nr;
import io.syslet.Program;
import io.syslet.Task;
import io.syslet.kernel.Awaiter;
import io.syslet.kernel.Counters;
import io.syslet.kernel.Ending;
import io.syslet.kernel.KernelArena;
import io.syslet.kernel.LookTable;
import io.syslet.kernel.Nanos;
import io.syslet.kernel.PendingCall;
import io.syslet.kernel.RealTimeKernel;
import io.syslet.kernel.Submission;
import io.syslet.kernel.SysletTask;
import io.syslet.kernel.reactor.Reactor;
import io.syslet.linux.events.Events;
import java.lang.foreign.Arena;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The syslet kernel of this machine. Unprivileged; needs a JDK 25 with {@code --add-opens
 * java.base/java.lang=ALL-UNNAMED}, {@code --add-exports java.base/jdk.internal.misc=ALL-UNNAMED}
 * and native access.
 */
public final class LinuxKernel extends RealTimeKernel {
  private static final int FIRST_WORKERS = 3;

  final LinuxOptions options;
  final Counters counters = counters();
  final Ending ending = new Ending(counters, frames(), pendingLimit(), this::launch);
  final Punts punts;
  final LinuxDoor door = new LinuxDoor();
  private final Arena internal = Arena.ofShared();
  private final KernelArena arena = new KernelArena();
  private final TaskMemory taskMemory = new TaskMemory(internal);
  private final Scheduler scheduler;
  private final @Nullable Reactor reactor;
  private final Blanks blanks = new Blanks();
  private final AtomicLong ids = new AtomicLong();
  private final Set<LinuxTask> tasks = ConcurrentHashMap.newKeySet();

  @SuppressWarnings("ThreadLocalUsage") // one per kernel, of which there are few
  private final ThreadLocal<SysletTask> current = new ThreadLocal<>();

  private LinuxKernel(LinuxOptions options, SchedulerOptions threads, RecordMemory memory) {
    super(memory.counters());
    this.options = options;
    this.punts = new Punts(this, this::late, this::isCrowded);
    int first = Math.min(FIRST_WORKERS, options.maxWorkers());
    this.scheduler = Scheduler.open(threads, options.sentinel(), first, memory);
    int _ = scheduler.spawner.limit.all(options.maxWorkers());
    this.reactor = options.reactor() ? newReactor() : null;
  }

  private long late() {
    return scheduler.late();
  }

  private boolean isCrowded() {
    return scheduler.isCrowded();
  }

  private Reactor newReactor() {
    long idleNanos = Nanos.of(options.idleTimeout());
    return new Reactor(
        door, scheduler, this::launch, ending, alarms(), idleNanos, RecordedWait::begin);
  }

  /**
   * Makes a kernel with the {@linkplain LinuxOptions#defaults default options}.
   *
   * @throws UnsupportedOperationException where it cannot run, and why.
   */
  public static LinuxKernel boot() {
    return boot(LinuxOptions.defaults());
  }

  /**
   * Makes a kernel.
   *
   * @throws UnsupportedOperationException where it cannot run, and why; a flag that the JVM lacks
   *     is named.
   */
  public static LinuxKernel boot(LinuxOptions options) {
    JvmFlags.check();
    Support.checkKernel();
    SchedulerOptions threads =
        SchedulerOptions.defaults()
            .maxBlocked(options.maxWorkers())
            .stackSize(options.stackSize())
            .idleTimeout(options.idleTimeout());
    return new LinuxKernel(options, threads, RecordMemory.ofKernel(threads, options.maxWorkers()));
  }

  /**
   * Ends the process at once, exit_group(2): no shutdown hook runs, and what is buffered is lost.
   * For a command that has flushed its output: the JVM's own exit waits 300 ms for threads in
   * native code, where spare workers and sentinels always are. Where there is a flight recorder,
   * which has to write its file, it is that exit all the same.
   */
  public static void exit(int status) {
    if (Events.isRecorderThere()) {
      System.exit(status);
    }
    Native.syscall(Nr.EXIT_GROUP, status, 0, 0, 0, 0, 0);
  }

  @Override
  public String name() {
    return LinuxProvider.NAME;
  }

  // ---- the entry

  @Override
  protected long plainly(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    return (int) nr == Nr.GETTID ? caller().id() : door.call(nr, a0, a1, a2, a3, a4, a5);
  }

  /** A plain call of a task, by its own thread, before the end. */
  long syscallOfTask(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    return syscallInside(nr, a0, a1, a2, a3, a4, a5);
  }

  /** The task of the current thread, or its stand-in if it is none of ours. */
  @Override
  protected SysletTask caller() {
    SysletTask caller = current.get();
    if (caller == null) {
      caller = new ForeignCaller(this, ids.incrementAndGet(), Arena.ofAuto());
      current.set(caller);
    }
    return caller;
  }

  @Override
  protected boolean isInside() {
    return current.get() instanceof LinuxTask;
  }

  // ---- tasks and frames

  @Override
  protected Task newTask(Program program) {
    LinuxTask task = new LinuxTask(this, ids.incrementAndGet(), taskMemory.take(), program);
    tasks.add(task);
    task.start();
    return task;
  }

  /** How many stacks of frames belong to calls at present. */
  int framesInUse() {
    return frames().inUse();
  }

  /** A task begins, in its own thread. */
  void began(LinuxTask task) {
    current.set(task);
  }

  /** A task has ended. */
  void ended(LinuxTask task) {
    counters.inline.add(task.inline.sum());
    task.inline.end();
    tasks.remove(task);
    taskMemory.give(task.memory());
    left();
  }

  // ---- workers

  @Override
  protected int limitWorkers(int limit) {
    return scheduler.spawner.limit.all(limit);
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

  /** By which table calls are looked at before they are made. */
  LookTable looks() {
    return reactor == null ? LookTable.plain() : LookTable.waiting();
  }

  /** What makes a task's calls, or a worker's with 0, that need none while they wait, or null. */
  @Nullable Awaiter newAwaiter(long task) {
    return reactor == null ? null : reactor.awaiter(task);
  }

  Submission blank() {
    return blanks.take();
  }

  void recycle(Submission used) {
    blanks.give(used);
  }

  /** Whether calls are refused because the kernel ends. */
  boolean isClosing() {
    return refuses();
  }

  // ---- memory, figures, the end

  @Override
  public Arena arena() {
    return arena;
  }

  @Override
  public KernelStats stats() {
    long inline = scheduler.carriers.inline();
    for (LinuxTask task : tasks) {
      inline += task.inline.sum();
    }
    String detector = punts.areOn() ? "none, punting" : SchedulerRecord.detector(scheduler.record);
    return counters.stats(
        inline, SchedulerFigures.noSpare(scheduler), scheduler.spawner.most(), detector);
  }

  @Override
  protected long drainNanos() {
    return Nanos.of(options.drain());
  }

  @Override
  protected void cancelPending(long status) {
    for (Carrier carrier : scheduler.carriers.all()) {
      carrier.calls.cancel(status);
    }
    if (reactor != null) {
      reactor.cancel(status);
    }
    punts.each(call -> call.cancel(status));
  }

  @Override
  protected void eachPending(Consumer<PendingCall> visitor) {
    for (Carrier carrier : scheduler.carriers.all()) {
      visitor.accept(carrier.calls.pending);
    }
    if (reactor != null) {
      reactor.each(visitor);
    }
    punts.each(visitor);
  }

  @Override
  protected void free() {
    if (reactor != null) {
      reactor.end();
    }
    if (Dismissal.of(this)) {
      arena.free();
      internal.close();
    }
  }
}
