package io.syslet.kernel.plain;

import io.syslet.CallSlots;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Program;
import io.syslet.kernel.Alarm;
import io.syslet.kernel.Awaiter;
import io.syslet.kernel.LookTable;
import io.syslet.kernel.Submission;
import io.syslet.kernel.SysletTask;
import io.syslet.kernel.TaskEnd;
import io.syslet.kernel.reactor.HostDoor;
import io.syslet.ring.Memory;
import io.syslet.table.CallTable;
import io.syslet.table.Trait;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A task, or what stands in for one in a thread that is none: its calls that cannot sleep are made
 * here, the others of a task by a worker, after which they may be pending. Those of a thread that
 * is no task block, as the interface says: a virtual thread parks meanwhile.
 */
final class PlainTask extends SysletTask {
  private final PlainKernel kernel;
  private final boolean isTask;

  @SuppressWarnings({"unused", "UnusedVariable"}) // holds the memory
  private final MemorySegment memory;

  private final HostDoor door = new PlainDoor.Own();
  private final TaskEnd end = new TaskEnd();
  private @Nullable Awaiter awaiter;

  PlainTask(PlainKernel kernel, long id, boolean isTask) {
    this(kernel, id, isTask, Arena.ofAuto().allocate(2L * CallSlots.LENGTH, CallSlots.LENGTH));
  }

  private PlainTask(PlainKernel kernel, long id, boolean isTask, MemorySegment memory) {
    super(id, memory.address(), kernel.ending);
    this.kernel = kernel;
    this.isTask = isTask;
    this.memory = memory;
  }

  /** Whether it is one. */
  boolean isTask() {
    return isTask;
  }

  /** Starts the thread of a program. */
  void start(Program program) {
    Thread.ofPlatform().daemon().name("syslet-task-" + id()).start(() -> body(program));
  }

  private void body(Program program) {
    try {
      kernel.began(this);
      program.run(kernel);
    } catch (Throwable e) {
      end.failed(e);
    } finally {
      submission.giveBack();
      kernel.ended();
      end.come();
    }
  }

  @Override
  public void join() throws InterruptedException, ExecutionException {
    end.join();
  }

  // ---- the entry

  @Override
  protected boolean keepsCredit() {
    return isTask;
  }

  @Override
  protected LookTable looks() {
    return isTask && kernel.reactor != null ? LookTable.waiting() : LookTable.plain();
  }

  @Override
  protected @Nullable Awaiter awaiter() {
    if (awaiter == null && kernel.reactor != null) {
      awaiter = kernel.reactor.awaiter(id());
    }
    return awaiter;
  }

  @Override
  protected int enter(long first, long last, boolean forced) {
    return enterEach(first, last, forced);
  }

  @Override
  protected boolean makeOne(long slot) {
    boolean here = !isTask && !Thread.currentThread().isVirtual();
    if (here && submission.deadline() != 0) {
      return settle(slot, timed(slot));
    }
    if (here || (CallTable.traits(Memory.getLong(slot)) & Trait.NEVER_SLEEPS) != 0) {
      return settle(slot, plainly(slot));
    }
    PlainWorker worker = kernel.workers.take();
    if (worker == null) {
      kernel.counters.noSpare.increment();
      return settle(slot, submission.deadline() == 0 ? plainly(slot) : timed(slot));
    }
    return isTask ? isPending(slot, worker) : settle(slot, byAnother(slot, worker));
  }

  private boolean isPending(long slot, PlainWorker worker) {
    submission.arm(Memory.getLong(slot + CallSlots.PARAMS + Params.CALLER_DATA));
    worker.start(slot, submission);
    long turn = worker.pending.begun();
    long target = submission.target();
    Submission next = worker.endsWithin(kernel.graceNanos()) ? null : worker.leave();
    if (next == null) {
      submission.disarm();
      return settle(slot, worker.take());
    }
    worker.handedOver(turn, slot, target);
    handedOver(slot, slot, next);
    kernel.handedOver(worker);
    return true;
  }

  /** Makes a call that has a deadline on the current thread. */
  private long timed(long slot) {
    HostThreadCall mine = HostThreadCall.here();
    Alarm alarm = kernel.alarms().at(mine, mine.begin(slot), submission.deadline());
    long status = mine.settled(plainly(slot));
    mine.end(status);
    alarm.disarm();
    return status;
  }

  private long byAnother(long slot, PlainWorker worker) {
    worker.start(slot, submission);
    worker.await();
    return worker.take();
  }

  @Override
  protected long plainly(long slot) {
    if ((int) Memory.getLong(slot) == Nr.GETTID) {
      return id();
    }
    return door.call(slot);
  }

  @Override
  protected void countInline() {
    kernel.counters.inline.increment();
    if (!isTask) {
      kernel.counters.foreign.increment();
    }
  }

  @Override
  protected boolean hasClock() {
    return kernel.alarms().isReady();
  }

  @Override
  protected boolean spareReady() {
    return !isTask || kernel.workers.spareReady();
  }
}
