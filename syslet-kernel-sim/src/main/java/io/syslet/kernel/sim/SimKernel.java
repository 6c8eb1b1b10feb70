package io.syslet.kernel.sim;

import io.syslet.Atoms;
import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.KernelStats;
import io.syslet.Program;
import io.syslet.Task;
import io.syslet.kernel.SysletKernel;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.CompletionWord;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.IntSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The syslet kernel of a simulated machine: deterministic, on virtual time. Needs what {@link
 * io.syslet.kernel.VirtualThreads} and {@link io.syslet.kernel.coroutine.StackSwitch} say.
 *
 * <p>The machine runs on a thread of its own, and only while somebody outside waits for it: in
 * {@link Task#join}, in a call, in {@link #close}. Tasks run in it one at a time; a task that parks
 * by other means than the kernel's (a Java lock) and that nobody inside goes on to unpark is waited
 * for in real time, ten seconds at most, and then the run is no longer deterministic.
 */
public final class SimKernel extends SysletKernel {
  final SimSystem system;
  private final SimArena arena;
  private final RingWait waits;

  private SimKernel(SimOptions options, SimInstaller installer) {
    this.system = new SimSystem(this, counters(), frames(), pendingLimit(), options, installer);
    this.arena = new SimArena(system.machine.memory);
    this.waits = new RingWait(system.machine);
  }

  /** Makes a kernel whose machine has what {@linkplain SimInstaller#all is there}. */
  public static SimKernel boot(SimOptions options) {
    return boot(options, SimInstaller.all());
  }

  /** Makes a kernel whose machine has clocks, and what the installer adds. */
  public static SimKernel boot(SimOptions options, SimInstaller installer) {
    SimKernel kernel = new SimKernel(options, installer);
    kernel.system.driver.start();
    return kernel;
  }

  // ---- the entry

  @Override
  public long syscall(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    return entered(task -> task.plainly(nr, a0, a1, a2, a3, a4, a5));
  }

  @Override
  public long indirect(MemorySegment registers, MemorySegment params, int flags) {
    return submitted(task -> task.indirect(registers, params, flags));
  }

  @Override
  public int indirect(CallSlots slots, int first, int count, int flags) {
    return (int) submitted(task -> task.indirect(slots, first, count, flags));
  }

  @Override
  public long exec(Atoms atoms, int first, int steps, int flags) {
    return submitted(task -> task.exec(atoms, first, steps, flags));
  }

  private long submitted(ToLongFunction<SimTask> call) {
    if (refuses()) {
      return -Errno.ESHUTDOWN;
    }
    SimTask task = system.currentTask();
    return task == null ? system.foreign().call(call) : task.submit(call);
  }

  private long entered(ToLongFunction<SimTask> call) {
    return refuses() ? -Errno.ESHUTDOWN : inside(call);
  }

  private long inside(ToLongFunction<SimTask> call) {
    SimTask task = system.currentTask();
    return task == null ? system.foreign().call(call) : task.boundary(call);
  }

  @Override
  protected boolean refuses() {
    return system.isClosing();
  }

  @Override
  protected boolean isSilent() {
    return system.isSilent();
  }

  // ---- taking calls back

  @Override
  public int cancel(long target, long callerData, long patienceNanos) {
    return (int) entered(task -> system.canceler.one(target, callerData, patienceNanos));
  }

  @Override
  public int cancelFd(int fd) {
    return (int) entered(task -> system.canceler.fd(fd));
  }

  @Override
  public int cancelAll() {
    return (int) entered(task -> system.canceler.all());
  }

  // ---- waits

  @Override
  public long ringWait(CompletionRing ring, long userIndex, int min, long timeoutNanos) {
    long waited =
        isSilent()
            ? -Errno.ESHUTDOWN
            : inside(task -> waits.await(ring, userIndex, min, timeoutNanos));
    return last(waited, () -> ring.waits().poll(userIndex, min));
  }

  @Override
  public long wordWait(CompletionWord word, long timeoutNanos) {
    long waited = isSilent() ? -Errno.ESHUTDOWN : inside(task -> waits.await(word, timeoutNanos));
    return last(waited, () -> word.isDone() ? 0 : 1);
  }

  /** Of a wait that ended without what it waited for, at the end: what is there now counts. */
  private long last(long waited, IntSupplier look) {
    if (waited == 0 || !isSilent()) {
      return waited;
    }
    int now = look.getAsInt();
    return now <= 0 ? now : -Errno.ESHUTDOWN;
  }

  // ---- tasks, frames, workers

  @Override
  protected @Nullable Task tryStart(Program program) {
    return refuses() ? null : system.driver.call(() -> system.start(program));
  }

  @Override
  protected int limitWorkers(int limit) {
    return system.driver.call(() -> system.workers.limit(limit));
  }

  /** One. */
  @Override
  public int processors() {
    return 1;
  }

  /**
   * Interrupts a task of this kernel, as a signal would: an interruptible sleep ends with −EINTR, a
   * wait for a ring with −ERESTARTSYS. Its thread's interrupt status is set.
   */
  public void interrupt(Task task) {
    system.driver.run(() -> ((SimTask) task).signals().interrupt());
  }

  /**
   * Kills a task of this kernel: {@link TaskKilled} is thrown in it when it is next in the kernel.
   */
  public void kill(Task task) {
    system.driver.run(() -> ((SimTask) task).signals().kill());
  }

  /** Kills a worker that stands by, as a signal may: whether there was one. */
  public boolean killSpare() {
    return system.driver.call(system.workers::killSpare);
  }

  // ---- memory, figures, the end

  @Override
  public Arena arena() {
    return arena;
  }

  /** Lets programs use memory that is not from {@link #arena}; it must outlive the kernel. */
  public void map(MemorySegment memory) {
    system.machine.memory.map(memory.address(), memory.byteSize());
  }

  /** Nanoseconds of the machine's time since boot. While it stands still, or inside. */
  public long virtualNanos() {
    return system.machine.now();
  }

  /** The hash of the trace so far. While the machine stands still, or inside. */
  public String traceSha256() {
    return system.machine.trace().sha256();
  }

  /** The machine, for whoever built parts of it and wants their figures. */
  public SimMachine machine() {
    return system.machine;
  }

  /** Who is in the machine. While it stands still, or inside. */
  public SimCensus census() {
    return system.census();
  }

  @Override
  public KernelStats stats() {
    return system.stats();
  }

  @Override
  public void close() {
    if (system.close()) {
      arena.free();
    }
  }
}
