package io.syslet.client;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Syslet;
import io.syslet.kernel.SysletTask;
import io.syslet.kernel.TaskEnd;
import io.syslet.kernel.Uninterruptibly;
import io.syslet.ring.Memory;
import io.syslet.table.CallTable;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A task of a {@link RemoteKernel}: a thread, whose calls are made elsewhere. The entry is the
 * generic one; what differs is that a run of slots is copied to slots of the task's own, with the
 * numbers by which {@link InFlight} knows them for caller data, and sent.
 */
final class RemoteTask extends SysletTask {
  /** Slots sent at a time. */
  static final int BATCH = 256;

  private final RemoteKernel kernel;
  private final Link link;
  private final LentMemory memory;
  private final Thread thread;
  private final TaskRole role;
  private final TaskEnd end = new TaskEnd();
  private final PendingAnswer answer;
  private final BooleanSupplier isWordDone;

  /** When the calls of the entry are to end; 0 for never. */
  private long deadline;

  /** The program that a thread goes on with in the background. */
  private @Nullable RemotePending behind;

  /** Makes one of a thread, with memory for it alone. */
  RemoteTask(
      RemoteKernel kernel, long id, Link link, LentMemory memory, Thread thread, TaskRole role) {
    super(id, memory.own, kernel.ending);
    this.kernel = kernel;
    this.link = link;
    this.thread = thread;
    this.role = role;
    this.memory = memory;
    this.answer = new PendingAnswer(thread);
    this.isWordDone = () -> memory.word.await(Long.MAX_VALUE) == 0;
  }

  @Override
  protected boolean keepsCredit() {
    return role == TaskRole.TASK;
  }

  /** The slots that are sent; the same ones each time. */
  long slots() {
    return memory.slots;
  }

  /** What it has been lent. */
  LentMemory memory() {
    return memory;
  }

  /** The batch under way. */
  SentBatch record() {
    return memory.record;
  }

  // ---- the entry

  @Override
  protected int enter(long first, long end, boolean forced) {
    deadline = submission.deadline();
    if (submission.isProgram()) {
      return program(first);
    }
    int count = forced ? 1 : plainSlots(first, end);
    if (count > 0 && !kernel.mayHandOver()) {
      if (!isPendingAfter(first)) {
        outcome = first + CallSlots.LENGTH == end ? DONE : LOOK;
      }
      return 1;
    }
    int done = 0;
    int most = memory.record.isNoted() ? SessionFile.CALLS : BATCH;
    outcome = LOOK;
    while (done < count) {
      long from = first + (long) done * CallSlots.LENGTH;
      int accepted = send(from, Math.min(count - done, most));
      if (accepted < 0) {
        return forced ? accepted : done;
      }
      done += accepted;
      if (handOver(from, accepted)) {
        outcome = PENDING;
        return done;
      }
    }
    outcome = first + (long) done * CallSlots.LENGTH == end ? DONE : LOOK;
    return done;
  }

  /** Makes the calls of a program, until one goes on without the task. */
  private int program(long first) {
    long slot = first;
    for (; ; ) {
      int accepted = send(slot, 1);
      if (accepted < 0) {
        Memory.putLong(slot + CallSlots.STATUS, accepted);
      } else if (handOver(slot, 1)) {
        outcome = PENDING;
        return 1;
      }
      int late = deadline != 0 && isLate(deadline) ? Errno.ETIMEDOUT : 0;
      if (!submission.another(Memory.getLong(slot + CallSlots.STATUS), late)) {
        outcome = DONE;
        return 1;
      }
      slot = submission.call();
    }
  }

  /**
   * Nobody could go on with the call, and the task waits for it: whether it counts as handed over,
   * for its own result is −132.
   */
  private boolean isPendingAfter(long slot) {
    kernel.counters.noSpare.increment();
    return settle(slot, plainly(slot, deadline));
  }

  /** How many slots from the first on may be sent as they are. */
  private int plainSlots(long first, long end) {
    long ring = submission.ringAddress();
    int count = 0;
    for (long slot = first; slot != end && isPlain(slot, ring); slot += CallSlots.LENGTH) {
      count++;
    }
    return count;
  }

  /** Sends copies of the slots; the answers' statuses go to the slots themselves. */
  private int send(long first, int count) {
    int refused = kernel.refusal(role == TaskRole.BACKGROUND);
    if (refused != 0) {
      return refused;
    }
    long left = deadline == 0 ? -1 : Math.max(deadline - System.nanoTime(), 0);
    SentBatch record = memory.record;
    memory.copyIn(first, count, record, left);
    if (record.isNoted()) {
      record.noteDown(first, count, behind, first == memory.plain);
    }
    record.task = this;
    record.state(SentBatch.SENT);
    int accepted = link.submit(this, count);
    if (accepted < 0) {
      record.task = null;
    }
    memory.copyStatuses(first, accepted);
    return accepted;
  }

  /** Whether the last of the calls goes on without the task. */
  private boolean handOver(long first, int accepted) {
    long last = first + (accepted - 1L) * CallSlots.LENGTH;
    if (Memory.getLong(last + CallSlots.STATUS) != -Syslet.ESYSLETPENDING) {
      answeredInline(accepted);
      return false;
    }
    long callerData = Memory.getLong(last + CallSlots.PARAMS + Params.CALLER_DATA);
    submission.arm(callerData);
    SentBatch leaving = memory.record;
    memory.record = kernel.inFlight.take();
    RemotePending pending = kernel.pending(submission);
    pending.begins(last, callerData, leaving.id(accepted - 1));
    goesOnWith(kernel.inFlight.goesOn(leaving, submission, pending, callerData));
    kernel.counters.inline.add(accepted - 1);
    return true;
  }

  private void answeredInline(int accepted) {
    memory.record.answeredInline();
    kernel.counters.inline.add(accepted);
  }

  // ---- calls that are waited for

  /** {@link io.syslet.Kernel#syscall}. */
  long syscall(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    if (CallTable.refuses(nr, a0, a1, a2, a3, a4, a5)) {
      return -Errno.EINVAL;
    }
    if ((int) nr == Nr.GETTID) {
      return id();
    }
    Registers.put(memory.plain, nr, a0, a1, a2, a3, a4, a5);
    return plainly(memory.plain);
  }

  /** Without a deadline, which is a matter of calls that go on by themselves. */
  @Override
  protected long plainly(long slot) {
    return plainly(slot, 0);
  }

  private long plainly(long slot, long until) {
    deadline = until;
    int accepted = send(slot, 1);
    if (accepted < 0) {
      return accepted;
    }
    long status = memory.status(0);
    if (status != -Syslet.ESYSLETPENDING) {
      memory.record.answeredInline();
      return status;
    }
    memory.word.reset();
    SentBatch leaving = memory.record;
    memory.record = kernel.inFlight.take();
    if (behind != null) {
      behind.isSent(leaving.id(0));
    }
    kernel.inFlight.isAwaited(leaving, memory.word.address());
    return await();
  }

  /** The same for a program that goes on in the background. */
  long callPlainly(long slot, RemotePending of) {
    behind = of;
    return plainly(slot, of.deadline());
  }

  private long await() {
    Uninterruptibly.until(isWordDone);
    return memory.word.status();
  }

  @Override
  protected void countInline() {
    kernel.counters.inline.increment();
  }

  /** The server has workers of its own. */
  @Override
  protected boolean spareReady() {
    return kernel.counters.inFlight() < kernel.limit();
  }

  // ---- the answer

  /** The answer to the batch under way; when it is there, the statuses are in {@link #slots}. */
  PendingAnswer answer() {
    return answer;
  }

  /**
   * The answer is lost, and with it what became of the calls: each counts as accepted, and has
   * ended with −EOWNERDEAD; but what was pending has its completion already.
   *
   * @return how many were accepted.
   */
  int answerIsLost(int count) {
    SentBatch record = memory.record;
    boolean isPending = record.state() == SentBatch.EARLY && record.earlySlot < count;
    int accepted = isPending ? record.earlySlot + 1 : count;
    memory.lose(accepted, isPending);
    return accepted;
  }

  // ---- the task

  Thread thread() {
    return thread;
  }

  /** The program has ended, with what it threw. */
  void ended(@Nullable Throwable thrown) {
    if (thrown != null) {
      end.failed(thrown);
    }
    submission.giveBack();
    end.come();
  }

  @Override
  public void join() throws InterruptedException, ExecutionException {
    end.join();
  }
}
