package io.syslet.linux;

import io.syslet.kernel.CallRecord;
import io.syslet.linux.events.Events;
import io.syslet.ring.Memory;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A worker: a thread that runs continuations, makes the calls of those that are tasks, and stays
 * behind in a call that blocks. Its life:
 *
 * <pre>
 *                 go, from = a claimed call
 *   STANDING BY -----------------------------> HOLDS A PROCESSOR: runs the task it took over
 *       ^   |     go, from = 0                    |  ^
 *       |   +---------------------> looks at the  |  | takes one again, if something waits
 *       |                         processor ------+--+
 *       |                                         |  its own call is claimed, or
 *       |                                         |  it has slept and lost its processor
 *       +---- nothing to do ---- ends its turn <--+
 * </pre>
 */
final class Carrier extends PoolWorker {
  private static final long TAKE_OVER_NANOS = 50_000;

  final long record;
  final CallMaker calls;
  private final Scheduler scheduler;
  private final ThreadState state;

  private Cpu cpu;
  private volatile @Nullable Runnable mounted;
  private long told;
  private @Nullable TurnRecorder turn;

  Carrier(Scheduler scheduler, Cpu first, long record, String name) {
    super(name, scheduler.options.stackSize());
    this.scheduler = scheduler;
    this.cpu = first;
    this.record = record;
    this.calls = new CallMaker(record);
    this.state = new ThreadState(CarrierRecord.statBuffer(record));
  }

  /** The carrier underneath the current thread, virtual or not; null if it is no carrier. */
  static @Nullable Carrier current() {
    return CarrierThreads.current() instanceof Carrier carrier ? carrier : null;
  }

  /** The processor that this carrier of a scheduler holds, by itself; null if it holds none. */
  @Nullable Cpu held(Scheduler by) {
    return by == scheduler && holds() ? cpu : null;
  }

  /**
   * Whether it holds its processor; what it has lent it takes back, and wants to be watched again.
   */
  private boolean holds() {
    if (cpu.isHeldBy(this)) {
      return true;
    }
    boolean back = cpu.reclaim(this);
    if (back) {
      scheduler.watch(record);
    }
    return back;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  /** What it runs or sleeps under now, or null. Any thread may read. */
  @Nullable Runnable mounted() {
    return mounted;
  }

  /** Whether it looks at another's record now. A full fence. */
  boolean looksAt(long other) {
    return state.looksAt(other);
  }

  /** Whether nobody was told yet of the sleep that began then. For the sysmon. */
  boolean tell(long lostAt) {
    boolean fresh = told != lostAt;
    told = lostAt;
    return fresh;
  }

  /**
   * Tells this spare, which the caller has taken, to look at a processor, or with null to leave.
   */
  void go(@Nullable Cpu to, long from) {
    CarrierRecord.letGo(record, to == null ? 0 : to.record, from);
  }

  @Override
  public void run() {
    scheduler.spawner.started();
    calls.pending.onThisThread();
    CarrierThreads.introduce(record, calls.pending.threadId());
    while (standBy()) {
      try {
        comeToProcessor();
      } catch (RuntimeException | Error e) {
        outlive(e);
      }
    }
    int file = CarrierThreads.withdraw(record);
    scheduler.awaitUnseen(record);
    CarrierThreads.close(file);
    scheduler.carriers.left(this);
  }

  /** Stands by until told to go: true; or to leave, or until the patience with us ends: false. */
  private boolean standBy() {
    scheduler.spares.add(this);
    while (!Native.standBy(record, scheduler.idleTimeout())) {
      if (scheduler.spares.retires(this)) {
        return false;
      }
    }
    return CarrierRecord.cpu(record) != 0;
  }

  private void comeToProcessor() {
    long from = Memory.getLong(record + CallRecord.FROM);
    scheduler.spawner.refill();
    cpu = scheduler.cpu(CarrierRecord.cpu(record));
    if (from != 0) {
      takeOver(scheduler.carriers.of(from));
    } else if (cpu.arrive(this, state)) {
      serve();
    } else {
      // Who had lent it may have it back, and has to be watched again.
      scheduler.watch(record);
      scheduler.queues.searchEnds(cpu);
    }
  }

  /** A turn failed in our own code, for want of memory: the others must not miss a processor. */
  private void outlive(Throwable failure) {
    CarrierRecord.nextTurn(record);
    mounted = null;
    cpu.release(this);
    Uncaught.report(failure);
  }

  /**
   * The hook's other half: this worker goes on with the user of a call that blocks; or queues it,
   * if the blocked carrier had lost its processor before.
   */
  private void takeOver(Carrier blocked) {
    LinuxTask user = (LinuxTask) Objects.requireNonNull(blocked.mounted);
    try {
      blocked.calls.handedOver(user, blocked);
    } catch (RuntimeException | Error e) {
      Uncaught.report(e);
    }
    user.handedOver(Memory.getLong(blocked.record + CallRecord.SLOT));
    boolean active = cpu.takeOver(blocked, this);
    blocked.mounted = null;
    if (active) {
      begin(user);
      runTask(user);
      end(user);
      serve();
    } else {
      user.goOn();
    }
  }

  /** Runs continuations until there are none, or the processor is lost and no other is free. */
  private void serve() {
    while (holdsOne()) {
      Runnable next = scheduler.queues.take(cpu);
      if (next == null) {
        cpu.release(this);
      } else {
        begin(next);
        runOne(next);
        end(next);
      }
    }
  }

  private boolean holdsOne() {
    if (holds() && !leavesUnused()) {
      return true;
    }
    Cpu other = scheduler.queues.takeIdle(this, cpu);
    cpu = other == null ? cpu : other;
    return other != null;
  }

  /** Gives its processor up if that is not in use any more, since there are fewer now. */
  private boolean leavesUnused() {
    if (scheduler.queues.isInUse(cpu)) {
      return false;
    }
    cpu.release(this);
    scheduler.queues.leave(cpu);
    return true;
  }

  private void begin(Runnable next) {
    if (Events.turns()) {
      turn = TurnRecorder.begin(turn);
    }
    CarrierRecord.setLostAt(record, 0);
    mounted = next;
    CarrierRecord.nextTurn(record);
    scheduler.watch(record);
  }

  private void end(Runnable last) {
    CarrierRecord.nextTurn(record);
    if (turn != null) {
      turn.end(last, mounted == null);
    }
    mounted = null;
    long lostAt = CarrierRecord.lostAt(record);
    if (lostAt != 0) {
      long backAt = CarrierRecord.backAt(record);
      long end = backAt - lostAt > 0 ? backAt : System.nanoTime();
      CarrierRecord.setLostAt(record, 0);
      scheduler.options.listener().returned(this, last, end - lostAt);
      if (Events.blocking()) {
        TurnRecorder.slept(last, end - lostAt);
      }
    }
  }

  private void runOne(Runnable next) {
    if (next instanceof LinuxTask task) {
      task.taken();
      runTask(task);
    } else {
      try {
        next.run();
      } catch (Throwable e) {
        Uncaught.report(e);
      }
    }
  }

  /** Runs a task until it waits or ends, or is another's. */
  private void runTask(LinuxTask running) {
    calls.begin();
    while (running.resume(this)) {
      if (!holds()) {
        running.requeue();
        return;
      }
      if (!calls.make(running)) {
        awaitTakeOver();
        calls.leftBehind();
        return;
      }
    }
    calls.end(running);
  }

  /**
   * Until the worker that was told to take over has our task and slot from us, we must not run
   * another: a call that was claimed may end before that worker has woken up.
   */
  private void awaitTakeOver() {
    while (mounted != null) {
      LockSupport.parkNanos(TAKE_OVER_NANOS);
    }
  }

  /** Interrupts the call that this worker stayed behind in, if it still does. Any thread may. */
  void interruptCall() {
    if ((Memory.getLongAcquire(record + CallRecord.SEQ) & CallRecord.CLAIMED) != 0) {
      boolean _ = Interrupter.interrupt(calls.pending.threadId());
    }
  }

  /**
   * The carrier of a record, to be watched after it has lost its processor; null if it has left.
   */
  @Nullable Replaced watched(long other) {
    Carrier carrier = scheduler.carriers.find(other);
    return carrier == null || !(carrier.mounted instanceof LinuxTask) ? null : new Replaced(other);
  }
}
