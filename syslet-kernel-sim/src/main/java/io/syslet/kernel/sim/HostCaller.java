package io.syslet.kernel.sim;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Registers;
import io.syslet.kernel.SysletTask;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The entry for a host thread that is inside a {@link ConcurrentMachine}: its frames are its own
 * and cannot be moved, so its calls block if they block.
 */
final class HostCaller extends SysletTask {
  private final ConcurrentKernel kernel;
  private final ConcurrentMachine.Visitor visitor;
  private final boolean isTask;
  private final MemorySegment memory;
  private final SimPending state;

  HostCaller(ConcurrentKernel kernel, ConcurrentMachine.Visitor visitor, boolean isTask) {
    this(kernel, visitor, isTask, Arena.ofAuto().allocate(SimTask.MEMORY_LENGTH, CallSlots.LENGTH));
  }

  private HostCaller(
      ConcurrentKernel kernel,
      ConcurrentMachine.Visitor visitor,
      boolean isTask,
      MemorySegment memory) {
    super(visitor.id(), memory.address(), kernel.ending);
    this.kernel = kernel;
    this.visitor = visitor;
    this.isTask = isTask;
    this.memory = memory;
    this.state = new SimPending(visitor, kernel.machine);
  }

  ConcurrentMachine.Visitor visitor() {
    return visitor;
  }

  /** Whether the thread is that of a task. */
  boolean isTask() {
    return isTask;
  }

  @Override
  protected boolean keepsCredit() {
    return false;
  }

  /** A plain call with registers of its own. */
  long plainly(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    long registers = memory.address() + 2L * CallSlots.LENGTH;
    Registers.put(registers, nr, a0, a1, a2, a3, a4, a5);
    return refuses(nr, registers) ? -Errno.EINVAL : plainly(registers);
  }

  @Override
  protected long plainly(long at) {
    if ((int) Memory.getLong(at) == Nr.GETTID) {
      return id();
    }
    long result = kernel.calls.make(kernel.calls.prepare(at), at);
    visitor.mustNotBlock = false;
    visitor.signalled = false;
    visitor.dropFiles();
    return result;
  }

  @Override
  protected boolean refuses(long nr, long registers) {
    return super.refuses(nr, registers) && !kernel.calls.makesRefused(nr);
  }

  @Override
  protected int withoutSleep(long at, long room) {
    visitor.mustNotBlock = true;
    return 0;
  }

  @Override
  protected int enter(long first, long last, boolean forced) {
    return enterEach(first, last, forced);
  }

  @Override
  protected boolean makeOne(long slot) {
    long deadline = submission.deadline();
    if (deadline == 0) {
      return super.makeOne(slot);
    }
    state.begin(slot, deadline);
    long status = state.settled(plainly(slot));
    state.end(status);
    return settle(slot, status);
  }

  @Override
  protected long later(long nanos) {
    return SimPending.later(kernel.machine, nanos);
  }

  @Override
  protected boolean isLate(long deadline) {
    return kernel.machine.now() >= deadline;
  }

  @Override
  protected void countInline() {
    kernel.counters.inline.increment();
    kernel.counters.foreign.increment();
  }

  @Override
  protected boolean spareReady() {
    return true;
  }

  @Override
  public void join() {
    throw new UnsupportedOperationException("no task");
  }
}
