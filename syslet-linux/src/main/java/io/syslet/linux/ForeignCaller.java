package io.syslet.linux;

import io.syslet.kernel.CallRecord;
import io.syslet.kernel.LookTable;
import io.syslet.kernel.SysletTask;
import io.syslet.kernel.Uninterruptibly;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.util.concurrent.locks.LockSupport;

/**
 * The entry for a thread that is no task of the kernel. Its frames cannot be moved, so its calls
 * are made inline, and block if they block: on its own stack if it is a platform thread, or a
 * virtual thread on a worker of ours, which is replaced meanwhile; by a worker of the kernel, with
 * the caller parked, if it is a virtual thread of somebody else's, whose carrier it must not hold.
 * One per thread, made at its first call; its memory goes when the thread does.
 */
final class ForeignCaller extends SysletTask {
  private final LinuxKernel kernel;

  @SuppressWarnings({"unused", "UnusedVariable"})
  private final Arena memory;

  private final long record;
  private long slot;
  private long end;
  private boolean forced;
  private volatile int made;

  ForeignCaller(LinuxKernel kernel, long id, Arena memory) {
    this(kernel, id, memory, memory.allocate(LinuxTask.memoryLength(), 128).address());
  }

  private ForeignCaller(LinuxKernel kernel, long id, Arena memory, long record) {
    super(id, record + CallRecord.LENGTH, kernel.ending);
    this.kernel = kernel;
    this.memory = memory;
    this.record = record;
    Memory.putLong(record + CallRecord.LOOK, LookTable.plain().address());
  }

  @Override
  protected int enter(long first, long last, boolean forced) {
    slot = first;
    end = last;
    this.forced = forced;
    if (Thread.currentThread().isVirtual() && Carrier.current() == null) {
      byAnother(Thread.currentThread());
    } else {
      make();
    }
    return made;
  }

  @Override
  protected boolean hasClock() {
    return kernel.alarms().isReady();
  }

  @Override
  protected boolean keepsCredit() {
    return false;
  }

  private void byAnother(Thread caller) {
    made = -1;
    kernel
        .scheduler()
        .execute(
            () -> {
              make();
              LockSupport.unpark(caller);
            });
    Uninterruptibly.park(this, () -> made >= 0);
  }

  private void make() {
    int how = CallRunner.runHere(kernel, record, slot, end, forced, submission);
    submission.disarm();
    int inline = CallRunner.inline(record, slot);
    kernel.counters.foreign.add(inline);
    kernel.counters.inline.add(inline);
    outcome = CallRunner.outcome(how);
    if (how == Native.RUN_132) {
      completeOwn132(Memory.getLong(record + CallRecord.SLOT));
    }
    made = CallRunner.accepted(how, inline);
  }

  @Override
  protected long plainly(long at) {
    return kernel.door.call(at);
  }

  @Override
  protected void countInline() {
    kernel.counters.foreign.increment();
    kernel.counters.inline.increment();
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
