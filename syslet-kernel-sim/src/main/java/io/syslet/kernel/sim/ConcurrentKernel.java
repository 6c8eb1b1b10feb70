package io.syslet.kernel.sim;

import io.syslet.Atoms;
import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.KernelStats;
import io.syslet.Program;
import io.syslet.Task;
import io.syslet.kernel.Counters;
import io.syslet.kernel.Ending;
import io.syslet.kernel.PendingCall;
import io.syslet.kernel.RealTimeKernel;
import io.syslet.kernel.TaskEnd;
import io.syslet.kernel.cpu.CpuStats;
import io.syslet.kernel.cpu.RealHost;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * The simulated machine entered by many host threads in real time, as a library kernel is: each
 * runs its own call on its own stack, one at a time, and lets others in while it sleeps. Its frames
 * are the host's, so no call is handed over here: one that blocks, blocks, and {@link
 * KernelStats#foreign} counts them all. For hand-overs there is {@link SimKernel}.
 *
 * <p>Source: LKL, whose {@code lkl_syscall} does this with Linux itself.
 */
public final class ConcurrentKernel extends RealTimeKernel {
  final Counters counters = counters();
  final Ending ending =
      new Ending(counters, frames(), pendingLimit(), program -> tryStart(program) != null);
  final Dispatcher calls;

  /** How long {@link #close} waits for tasks. */
  private static final long LEAVE_NANOS = 100_000_000;

  private final RealHost host = new RealHost();
  final ConcurrentMachine machine;
  private final SimProcess process;
  private final SimArena arena;
  private final AtomicInteger ids = new AtomicInteger();
  private final AtomicInteger limit;

  @SuppressWarnings("ThreadLocalUsage") // one per kernel, of which there are few
  private final ThreadLocal<HostCaller> current = ThreadLocal.withInitial(this::newCaller);

  private ConcurrentKernel(SimOptions options, SimInstaller installer) {
    this.machine = new ConcurrentMachine(options, host);
    this.limit = new AtomicInteger(options.maxWorkers());
    this.process = new SimProcess(machine::runningOrNull);
    this.calls = new Dispatcher(machine, process, options.costs(), installer);
    this.arena = new SimArena(machine.memory);
  }

  /** Makes a kernel whose machine has what {@linkplain SimInstaller#all is there}. */
  public static ConcurrentKernel boot(SimOptions options) {
    return boot(options, SimInstaller.all());
  }

  /** Makes a kernel; of the options the seed, the faults and the trace count. */
  public static ConcurrentKernel boot(SimOptions options, SimInstaller installer) {
    return new ConcurrentKernel(options, installer);
  }

  @Override
  protected HostCaller caller() {
    return current.get();
  }

  @Override
  protected boolean isInside() {
    return caller().isTask();
  }

  private HostCaller newCaller() {
    return newCaller(false);
  }

  private HostCaller newCaller(boolean isTask) {
    return new HostCaller(this, machine.new Visitor(ids.incrementAndGet()), isTask);
  }

  // ---- the entry

  @Override
  public long syscall(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    return plainly(nr, a0, a1, a2, a3, a4, a5);
  }

  @Override
  protected long plainly(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    return inside(caller -> caller.plainly(nr, a0, a1, a2, a3, a4, a5));
  }

  @Override
  public long indirect(MemorySegment registers, MemorySegment params, int flags) {
    return inside(caller -> caller.indirect(registers, params, flags));
  }

  @Override
  public int indirect(CallSlots slots, int first, int count, int flags) {
    return (int) inside(caller -> caller.indirect(slots, first, count, flags));
  }

  @Override
  public long exec(Atoms atoms, int first, int steps, int flags) {
    return inside(caller -> caller.exec(atoms, first, steps, flags));
  }

  private long inside(ToLongFunction<HostCaller> call) {
    HostCaller caller = current.get();
    if (refuses() || !machine.enter(caller.visitor())) {
      return -Errno.ESHUTDOWN;
    }
    try {
      return call.applyAsLong(caller);
    } finally {
      machine.exit();
    }
  }

  // ---- tasks

  /** Starts a program in a platform thread of its own. */
  @Override
  protected Task newTask(Program program) {
    HostCaller caller = newCaller(true);
    TaskEnd end = new TaskEnd();
    Thread.ofPlatform()
        .daemon()
        .name("syslet-host-" + caller.id())
        .start(() -> runAs(caller, program, end));
    return new HostTask(caller.id(), end);
  }

  private void runAs(HostCaller caller, Program program, TaskEnd end) {
    current.set(caller);
    try {
      program.run(this);
    } catch (Throwable e) {
      end.failed(e);
    } finally {
      left();
      end.come();
    }
  }

  private record HostTask(long id, TaskEnd end) implements Task {
    @Override
    public void join() throws InterruptedException, ExecutionException {
      end.join();
    }
  }

  /** How many stacks of frames belong to calls at present. */
  int framesInUse() {
    return frames().inUse();
  }

  /** Of no effect: the host's threads are not the kernel's. */
  @Override
  protected int limitWorkers(int limit) {
    return this.limit.getAndSet(limit);
  }

  @Override
  public int processors() {
    return 1;
  }

  // ---- memory, figures, the end

  @Override
  public Arena arena() {
    return arena;
  }

  /** How often host threads came in, and the context switches of the host that this saved. */
  public CpuStats cpuStats() {
    return machine.cpuStats();
  }

  @Override
  public KernelStats stats() {
    return counters.stats(0, 0, 0, "none");
  }

  @Override
  protected long drainNanos() {
    return LEAVE_NANOS;
  }

  /** None is: each call is its thread's own. */
  @Override
  protected void eachPending(Consumer<PendingCall> visitor) {}

  /** Ends the calls that sleep with −EINTR, and waits until all threads have left the machine. */
  @Override
  protected void cancelPending(long status) {
    machine.close();
  }

  @Override
  protected void free() {
    process.closeAll();
    host.close();
    arena.free();
  }
}
