package io.syslet.linux;

import io.syslet.kernel.Counters;
import io.syslet.kernel.Nanos;
import io.syslet.kernel.Submission;
import io.syslet.kernel.SysletTask;
import io.syslet.ring.Memory;
import io.syslet.table.CallTable;
import io.syslet.table.Trait;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls that helpers make from their beginning, while blocking cannot be seen.
 *
 * <p>On a busy CPU no sentinel is run, and a call that blocks keeps its user: it is missed, or
 * handed over late, by the sysmon. If within {@value #MOST_NANOS} ns {@value #FEW} are late, and of
 * all that block one in {@value #MANY} is late or missed, and the machine is {@linkplain
 * HolderWatch#isCrowded crowded}, plain calls of batches are punted, as io_uring calls it, for
 * {@value #FIRST_NANOS} ns; but whoever finds {@value #CALLS} of them in progress makes its calls
 * itself. Then blocking is watched again, for {@value #LEAST_NANOS} ns at least. If it is missed
 * again, calls are punted for twice as long, up to {@value #LAST_NANOS} ns.
 *
 * <p>What is missed alone says little: a thread sleeps for the VM as well, in programs whose calls
 * never block. What is late alone does not either: where only the program itself keeps the
 * processors busy, there is nothing to gain.
 *
 * <p>Any thread.
 */
final class Punts {
  private static final int CALLS = 64;
  private static final int FEW = 4;
  private static final int MANY = 8;
  private static final long LEAST_NANOS = 5_000_000;
  private static final long MOST_NANOS = 100_000_000;
  private static final long FIRST_NANOS = 100_000_000;
  private static final long LAST_NANOS = 1_600_000_000;
  private static final long NEVER = Long.MIN_VALUE;

  private final LinuxKernel kernel;
  private final Counters counters;
  private final LongSupplier lateCalls;
  private final BooleanSupplier crowded;
  private final Helpers helpers;
  private final RunQueue free = new RunQueue();
  private final AtomicLong until = new AtomicLong(NEVER);
  private volatile PuntedCall[] calls = new PuntedCall[0];
  private volatile long began = System.nanoTime();
  private long late;
  private long missed;
  private long pending;
  private long patience = FIRST_NANOS;

  /**
   * Off at first.
   *
   * @param lateCalls tells how many calls were handed over late so far.
   * @param crowded tells whether others use much of the machine.
   */
  Punts(LinuxKernel kernel, LongSupplier lateCalls, BooleanSupplier crowded) {
    this.kernel = kernel;
    this.lateCalls = lateCalls;
    this.crowded = crowded;
    this.counters = kernel.counters;
    long idleNanos = Nanos.of(kernel.options.idleTimeout());
    this.helpers =
        new Helpers("syslet", CALLS, idleNanos, call -> kernel.scheduler().execute(call));
  }

  // ---- when

  /** Whether plain calls are punted now. */
  boolean areOn() {
    long end = until.get();
    return end != NEVER && (System.nanoTime() - end < 0 || !expires(end));
  }

  private boolean expires(long end) {
    if (until.compareAndSet(end, NEVER)) {
      begin(System.nanoTime());
    }
    return until.get() == NEVER;
  }

  /** Looks, now and then, whether sleeps are missed. */
  void look() {
    if (until.get() == NEVER && kernel.options.punts()) {
      long now = System.nanoTime();
      if (now - began >= LEAST_NANOS) {
        judge(now);
      }
    }
  }

  private synchronized void judge(long now) {
    long newlyLate = lateCalls.getAsLong() - late;
    if (newlyLate < FEW && now - began < MOST_NANOS) {
      return;
    }
    long unseen = newlyLate + counters.missed.sum() - missed;
    long seen = counters.pending.sum() - pending;
    begin(now);
    if (newlyLate >= FEW && unseen * MANY > seen && crowded.getAsBoolean()) {
      puntFor(patience);
      patience = Math.min(2 * patience, LAST_NANOS);
    } else {
      patience = FIRST_NANOS;
    }
  }

  /** From now on is counted. */
  private synchronized void begin(long now) {
    late = lateCalls.getAsLong();
    missed = counters.missed.sum();
    pending = counters.pending.sum();
    began = now;
  }

  /** Punts plain calls for so long. */
  synchronized void puntFor(long nanos) {
    if (calls.length == 0) {
      PuntedCall[] made = new PuntedCall[CALLS];
      for (int i = 0; i < CALLS; i++) {
        made[i] = new PuntedCall(kernel);
        free.add(made[i]);
      }
      calls = made;
    }
    until.set(System.nanoTime() + nanos);
  }

  // ---- the calls

  /**
   * Takes one for the call at a slot, which is to be {@linkplain PuntedCall#begin begun} and
   * {@linkplain #submit submitted} by its task: null if the task is to make the call.
   *
   * @param by what it would complete by.
   */
  @Nullable PuntedCall take(long slot, Submission by) {
    return areOn() && isPuntable(slot, by) ? (PuntedCall) free.poll() : null;
  }

  private static boolean isPuntable(long slot, Submission by) {
    return SysletTask.isPlain(slot, by.ringAddress())
        && by.deadline() == 0
        && (CallTable.traits(Memory.getLong(slot)) & Trait.NEVER_SLEEPS) == 0;
  }

  /** Gives one back that has ended. */
  void give(PuntedCall call) {
    free.add(call);
  }

  /** Has one made that has begun. */
  void submit(PuntedCall call) {
    helpers.add(call);
  }

  /** Tells of each that may be pending. */
  void each(Consumer<? super PuntedCall> visitor) {
    for (PuntedCall call : calls) {
      visitor.accept(call);
    }
  }

  /** Tells the helpers to leave: whether they have left. */
  boolean end() {
    return helpers.end();
  }
}
