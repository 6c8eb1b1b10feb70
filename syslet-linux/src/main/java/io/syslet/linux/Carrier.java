package io.syslet.linux;

import io.syslet.Nr;
import io.syslet.kernel.CallRecord;
import io.syslet.kernel.Submission;
import io.syslet.ring.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A worker: a thread bound to one processor that runs tasks, makes their calls, and stays behind in
 * a call that blocks. Its life:
 *
 * <pre>
 *                 go, from = a claimed call
 *   STANDING BY -----------------------------> ACTIVE: runs the task it took over
 *       ^   |     go, from = 0                    |  ^
 *       |   +---------------------> looks at the  |  | activates itself, if there is work
 *       |                           queue --------+--+
 *       |                                         |  its own call is claimed
 *       +---- nothing to do ---- posts the <------+
 *                                completion
 * </pre>
 */
final class Carrier extends Thread {
  private static final int RUSAGE_THREAD = 1;
  private static final int RU_NVCSW = 128;
  private static final int SAMPLE = 32;
  private static final long TAKE_OVER_NANOS = 50_000;

  private static final VarHandle INLINE = counter();

  final long record;
  private final Cpu cpu;
  private final LinuxKernel kernel;

  private volatile @Nullable LinuxTask task;
  private volatile @Nullable Submission current;

  @SuppressWarnings("unused")
  private long inline;

  private long switches;
  private int sinceSample;
  private volatile int turns;
  private volatile long threadId;

  Carrier(LinuxKernel kernel, Cpu cpu, long record, int number) {
    super(null, null, "syslet-" + cpu.number + "-" + number, kernel.options.stackSize(), false);
    this.kernel = kernel;
    this.cpu = cpu;
    this.record = record;
    setDaemon(true);
  }

  /** Whether the current thread is a carrier of that processor, which will look at its queue. */
  static boolean isOf(Cpu cpu) {
    return Thread.currentThread() instanceof Carrier carrier && carrier.cpu == cpu;
  }

  /** Calls completed inline by this carrier. Any thread may read. */
  long inline() {
    return (long) INLINE.getOpaque(this);
  }

  /** Changes when this carrier begins or ends to run a task. Any thread may read. */
  int turns() {
    return turns;
  }

  private void putStatPath() {
    String path = "/proc/self/task/" + threadId + "/stat";
    for (int i = 0; i < path.length(); i++) {
      Memory.putByte(record + CallRecord.STAT_PATH + i, (byte) path.charAt(i));
    }
    Memory.putByte(record + CallRecord.STAT_PATH + path.length(), (byte) 0);
  }

  /** Tells this spare, which the caller has taken, to go. */
  void go(long from) {
    Memory.putLong(record + CallRecord.FROM, from);
    Memory.putIntVolatile(record + CallRecord.GO, 1);
    Futex.wake(record + CallRecord.GO);
  }

  @Override
  public void run() {
    threadId = Native.syscall(Nr.GETTID, 0, 0, 0, 0, 0, 0);
    putStatPath();
    var _ = Affinity.pin(cpu.number);
    while (standBy()) {
      long from = Memory.getLong(record + CallRecord.FROM);
      if (from != 0) {
        takeOver(kernel.carrier(from));
      } else if (cpu.isActive(this) || (cpu.hasWork() && cpu.activate(this))) {
        serve(null);
      }
    }
    kernel.left(this);
  }

  /** Stands by until told to go: true; or until the kernel, or the patience with us, ends. */
  private boolean standBy() {
    cpu.standBy(this);
    if (kernel.isClosed() && cpu.withdraw(this)) {
      return false;
    }
    while (!Native.standBy(record, kernel.idleTimeout())) {
      if (cpu.retire(this)) {
        return false;
      }
    }
    return !kernel.isClosed();
  }

  /**
   * The hook's other half: this worker goes on with the user of a call that blocks; or puts it into
   * the queue, if the blocked carrier had lost activity before.
   */
  private void takeOver(Carrier blocked) {
    LinuxTask user = Objects.requireNonNull(blocked.task);
    user.handedOver(Memory.getLong(blocked.record + CallRecord.SLOT), cpu.blank());
    kernel.counters.began();
    boolean active = cpu.takeOver(blocked, this);
    blocked.task = null;
    if (active) {
      serve(user);
    } else {
      user.goOn();
    }
  }

  /** Runs tasks as the active carrier until there are none, or activity is lost for good. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  private void serve(@Nullable LinuxTask first) {
    switches = voluntarySwitches();
    LinuxTask next = first != null ? first : cpu.next(this);
    for (; ; next = cpu.next(this)) {
      if (next != null) {
        if (runTask(next)) {
          continue;
        }
      } else {
        sample();
        cpu.deactivate(this);
      }
      turns = turns + 1;
      if (!cpu.hasWork() || !cpu.activate(this)) {
        return;
      }
      switches = voluntarySwitches();
    }
  }

  /** Runs a task until it waits or ends: true; or until it is another's: false. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  private boolean runTask(LinuxTask running) {
    task = running;
    turns = turns + 1;
    for (; ; ) {
      if (!running.resume(this)) {
        return true;
      }
      if (!cpu.isActive(this)) {
        running.requeue();
        return false;
      }
      if (!makeCalls(running)) {
        return false;
      }
    }
  }

  /** Makes the calls that the task asks for: true, or false if the task has been taken over. */
  private boolean makeCalls(LinuxTask caller) {
    Submission submission = caller.submission();
    current = submission;
    long first = caller.slot();
    int how = caller.makeCalls(record);
    if (how == Native.RUN_STOLEN) {
      INLINE.setOpaque(this, inline + CallRunner.inline(record, first));
      stayBehind(submission);
      awaitTakeOver();
      return false;
    }
    int made = caller.settled(how, record);
    INLINE.setOpaque(this, inline + made);
    sinceSample += Math.max(made, 1);
    if (sinceSample >= SAMPLE) {
      sample();
    }
    return true;
  }

  /** The other half of post: the call of a user who went on without us has ended. */
  private void stayBehind(Submission submission) {
    long ip = submission.ip();
    long sp = submission.sp();
    if (voluntarySwitches() == switches) {
      kernel.counters.falseHandOvers.increment();
    }
    long status = rest(submission, Memory.getLong(record + CallRecord.STATUS));
    kernel.counters.ended();
    if (CallRecord.end(record)) {
      submission.complete(Memory.getLong(record + CallRecord.CALLER_DATA), status);
    }
    current = null;
    submission.endProgram();
    submission.frame(0, 0);
    cpu.recycle(submission);
    if (ip != 0) {
      kernel.enterFrame(ip, sp);
    }
  }

  /**
   * Until the worker that was told to take over has our task and slot from us, we must not run
   * another: a call that was claimed may end before that worker has woken up.
   */
  private void awaitTakeOver() {
    while (task != null && !kernel.isClosed()) {
      LockSupport.parkNanos(TAKE_OVER_NANOS);
    }
  }

  /**
   * Makes what comes after the call in its program, if it is one's: the status to complete with.
   */
  private long rest(Submission submission, long first) {
    if (!submission.isProgram()) {
      return first;
    }
    long status = first;
    while (CallRecord.isPending(record) && submission.another(status)) {
      Memory.putLong(record + CallRecord.CALLER_DATA, submission.callerData());
      status = kernel.plainly(submission.call());
    }
    Memory.putLong(record + CallRecord.CALLER_DATA, submission.callerData());
    return submission.status();
  }

  /** Completes this carrier's pending call, if it has one, in its place. Any thread may. */
  boolean cancel(long status) {
    Submission submission = current;
    long callerData = Memory.getLong(record + CallRecord.CALLER_DATA);
    if (submission == null || !CallRecord.cancel(record)) {
      return false;
    }
    submission.complete(callerData, status);
    return true;
  }

  /** Interrupts the call that this worker stayed behind in, if it still does. Any thread may. */
  void interruptCall() {
    if ((Memory.getLongAcquire(record + CallRecord.SEQ) & CallRecord.CLAIMED) != 0) {
      boolean _ = Interrupter.interrupt(threadId);
    }
  }

  /** Counts what slept since the last look and was not handed over. */
  private void sample() {
    long now = voluntarySwitches();
    if (now != switches) {
      kernel.counters.missed.add(now - switches);
    }
    switches = now;
    sinceSample = 0;
  }

  /** How often the calling thread, which runs on this carrier, has slept so far. */
  long voluntarySwitches() {
    long usage = record + CallRecord.SCRATCH;
    Native.syscall(Nr.GETRUSAGE, RUSAGE_THREAD, usage, 0, 0, 0, 0);
    return Memory.getLong(usage + RU_NVCSW);
  }

  private static VarHandle counter() {
    try {
      return MethodHandles.lookup().findVarHandle(Carrier.class, "inline", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
