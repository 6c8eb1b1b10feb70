package io.syslet.linux;

import io.syslet.kernel.Nanos;
import io.syslet.kernel.Uninterruptibly;
import io.syslet.linux.events.Events;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/**
 * A scheduler of virtual threads on workers of which no more run at once than there are processors,
 * and of which one that sleeps, in whatever way, is replaced by another within microseconds.
 *
 * <p>A worker that runs something holds one of the {@linkplain Cpu processors}. If it falls asleep,
 * in a page fault, in native code, in a file, the CPU that it ran on has nothing better to run than
 * the {@linkplain Sentinel sentinel}, which takes the processor from it; a spare goes on with what
 * waits. What a virtual thread starts runs here as well.
 *
 * <p>Any thread may call any method.
 */
public final class Scheduler implements Executor, AutoCloseable {
  private static final int FIRST_WORKERS = 16;
  private static final long JOIN_MILLIS = 1000;
  private static final long LEAVE_NANOS = 100_000;

  /** A spare that has to stay looks again after the time-out. */
  private static final long LEAST_IDLE_NANOS = 1_000_000;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  final SchedulerOptions options;
  final long record;
  final RunQueues queues;
  final Carriers carriers;
  final Spares spares;
  final Spawner spawner;
  final Sentinels sentinels;
  private final RecordMemory memory;
  private final Sysmon sysmon;
  private final long idleTimeout;
  private final long firstCpu;
  private volatile boolean closed;

  private Scheduler(SchedulerOptions options, boolean sentinel, RecordMemory memory) {
    this.options = options;
    this.memory = memory;
    this.record = memory.scheduler();
    Cpu[] cpus = new Cpu[memory.cpus()];
    this.firstCpu = memory.firstCpu();
    for (int i = 0; i < cpus.length; i++) {
      cpus[i] = new Cpu(i, firstCpu + (long) i * CpuRecord.LENGTH);
    }
    this.spares = new Spares(this);
    this.queues = new RunQueues(cpus, Processors.wanted(options), spares::kick);
    this.carriers = new Carriers(this, memory);
    Arena arena = memory.arena();
    boolean crowded = RunDelay.isLong();
    this.sentinels = new Sentinels(options.name(), sentinel, crowded, record, arena);
    SchedulerRecord.init(record, cpus.length, firstCpu, Sentinels.MOST, sentinels.table());
    long idleNanos = Nanos.of(options.idleTimeout());
    this.idleTimeout = timespec(arena, Math.max(idleNanos, LEAST_IDLE_NANOS));
    this.spawner = new Spawner(this, new WorkerLimit(record, queues.count(), options.maxBlocked()));
    SchedulerRecord.setProcessors(record, queues.count());
    this.sysmon = new Sysmon(this, sentinel, crowded, arena);
  }

  /**
   * Says why there can be no scheduler on this machine or in this JVM.
   *
   * @return one line without an end; empty where {@link #open} works.
   */
  public static String unsupported() {
    return Support.REASON;
  }

  /**
   * Makes a scheduler and its first workers.
   *
   * @throws UnsupportedOperationException with the text of {@link #unsupported}.
   */
  public static Scheduler open(SchedulerOptions options) {
    Support.check();
    return open(options, true, FIRST_WORKERS, RecordMemory.ofThreads(options));
  }

  /** Makes a scheduler, with or without sentinels, and its first workers. */
  static Scheduler open(
      SchedulerOptions options, boolean sentinel, int workers, RecordMemory memory) {
    Scheduler scheduler = new Scheduler(options, sentinel, memory);
    Events.look();
    scheduler.spawner.spawn(workers);
    scheduler.spawner.start();
    scheduler.sysmon.start();
    return scheduler;
  }

  private static long timespec(Arena arena, long nanos) {
    long timespec = arena.allocate(16, 8).address();
    Memory.putLong(timespec, nanos / NANOS_PER_SECOND);
    Memory.putLong(timespec + 8, nanos % NANOS_PER_SECOND);
    return timespec;
  }

  // ---- submitting

  /**
   * Queues a continuation, as the JDK submits it, and wakes a worker if one is needed. Never runs
   * it in place, blocks or throws; also after {@link #close}, so that no virtual thread is lost.
   */
  @Override
  public void execute(Runnable continuation) {
    queue(continuation, false);
  }

  /**
   * Queues a continuation whose time has come, as {@link #execute} does, but not behind all that
   * wait: it takes turns with them. For timers.
   */
  public void executeDue(Runnable continuation) {
    queue(continuation, true);
  }

  private void queue(Runnable continuation, boolean isDue) {
    if (closed) {
      Leftovers.execute(continuation);
      return;
    }
    Carrier here = isDue ? null : Carrier.current();
    Cpu own = here == null ? null : here.held(this);
    if (own != null) {
      queues.local(own, continuation);
    } else if (isDue) {
      queues.submitDue(continuation);
    } else {
      queues.submit(continuation);
    }
    if (closed) {
      leaveRest();
    }
  }

  /** What was queued as the scheduler ended. */
  private void leaveRest() {
    for (Cpu cpu : queues.cpus()) {
      for (Runnable left = cpu.poll(); left != null; left = cpu.poll()) {
        Leftovers.execute(left);
      }
    }
  }

  // ---- what carriers ask

  /** The processor of a record; the first for 0. */
  Cpu cpu(long cpuRecord) {
    return queues.cpus()[cpuRecord == 0 ? 0 : (int) ((cpuRecord - firstCpu) / CpuRecord.LENGTH)];
  }

  /** Whether other programs use much of the machine. */
  boolean isCrowded() {
    return sysmon.isCrowded();
  }

  /** Calls that were handed over late, because no sentinel ran, where there are sentinels. */
  long late() {
    return sentinels.areThere() ? sysmon.late() : 0;
  }

  /** A carrier is about to run something: those who look for sleeping ones have to be awake. */
  void watch(long carrier) {
    watchCpuOf(carrier);
    sysmon.arm();
  }

  /**
   * Wakes or makes the sentinel of the CPU that a carrier last ran on; the kernel moves it about.
   */
  void watchCpuOf(long carrier) {
    int number = CarrierRecord.ranOn(carrier);
    if (sentinels.watch(number)) {
      spawner.requestSentinel(number);
    }
  }

  /** A carrier was found asleep whose CPU's sentinel should have seen it. */
  void miss(long carrier) {
    sentinels.miss(CarrierRecord.ranOn(carrier));
  }

  /** Waits until nobody looks at a carrier, which is about to leave. */
  void awaitUnseen(long carrier) {
    while (sentinels.looksAt(carrier) || sysmon.looksAt(carrier) || carriers.anyLooksAt(carrier)) {
      LockSupport.parkNanos(LEAVE_NANOS);
    }
  }

  /** Address of a struct timespec. */
  long idleTimeout() {
    return idleTimeout;
  }

  /** Whether the scheduler's threads are to leave. */
  boolean isClosed() {
    return closed;
  }

  /** Follows the number of available processors. */
  void countProcessors() {
    queues.count(Processors.wanted(options));
    SchedulerRecord.setProcessors(record, queues.count());
    spawner.limit.processors(queues.count());
  }

  // ---- figures, the end

  /** The figures. */
  public SchedulerStats stats() {
    return SchedulerFigures.of(this);
  }

  /**
   * Sets how many workers may be blocked at once; those that are stay.
   *
   * @return the old limit.
   * @throws IllegalArgumentException if the limit is negative.
   */
  public int maxBlocked(int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("negative: " + limit);
    }
    int old = spawner.limit.blocked(limit);
    spawner.refill();
    return old;
  }

  /**
   * Ends the scheduler: its threads leave as soon as they have nothing to run. What is queued, or
   * is submitted later, still runs, on plain threads, of which a sleeping one is not replaced.
   */
  @Override
  public void close() {
    boolean _ = end();
  }

  /**
   * Has the threads leave that have nothing to do, and waits for none; for the end of the process.
   * What is submitted later runs as after {@link #close}, which gives back what the scheduler
   * holds.
   */
  public void leave() {
    closed = true;
    LockSupport.unpark(sysmon);
    LockSupport.unpark(spawner);
    sentinels.tellToQuit();
    spares.dismiss();
    leaveRest();
  }

  /** {@link #close}: whether the threads that serve the workers have left, and all spares. */
  synchronized boolean end() {
    leave();
    boolean left = join(sysmon);
    left &= join(spawner);
    left &= sentinels.quit();
    // A sentinel may have put one back that it did not need.
    spares.dismiss();
    memory.close();
    return left;
  }

  static boolean join(Thread thread) {
    return Uninterruptibly.join(thread, JOIN_MILLIS);
  }
}
