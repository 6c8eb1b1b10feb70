package io.syslet.linux;

import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * One processor of a scheduler: leave to run continuations, which one carrier has at a time, and a
 * queue of those that wait. It is no CPU of the machine; the carrier that holds it may run on any.
 *
 * <p><b>The token</b> is the word {@code active}: the record of the carrier that holds the
 * processor, or 0. A carrier takes it from 0 and sets it back to 0. From one that sleeps, a
 * detector takes it:
 *
 * <pre>
 *                      take
 *        0  <----------------------------->  c
 *        ^             release             |   ^
 *        |                        c sleeps |   | c ends its turn, or another
 *        | c ends its turn                 v   | finds that c is awake
 *        +--------------------------------  c + LENT
 *                                               | another finds that c still sleeps
 *                                               v
 *                                              other
 * </pre>
 *
 * LENT means free, but a carrier is in the middle of a turn that it began as the holder. Every
 * arrow is one CAS, so exactly one of "c goes on" and "another has it for good" comes true, and c
 * finds out at the end of its turn, or before it makes a call, whichever is first. Until then it
 * may run beside the new holder.
 *
 * <p>So a safepoint or a debugger, under which every carrier sleeps, costs each processor one spare
 * at most: it cannot come back into Java before the carriers can, and then it looks whether the
 * lender still sleeps. Until it has, {@code arriving} keeps others from being woken.
 *
 * <p><b>No wake-up is lost.</b> Who submits adds to the queue, then looks whether the processor is
 * free; who releases frees it, then looks at the queues; with a full fence between, so at least one
 * sees the other:
 *
 * <pre>
 *   submitter                       carrier
 *   queue, waiting += 1             active = 0
 *   free? tell a spare to come      waiting anywhere? take a processor again : stand by
 * </pre>
 *
 * A submitter that finds no spare is helped by the next carrier to stand by, which looks at the
 * queues once more behind that, and by itself: it looks for spares once more after it has given up.
 */
final class Cpu {
  final int index;
  final long record;
  private final RunQueue queue = new RunQueue();
  private final RunQueue due = new RunQueue();
  private final ConcurrentLinkedQueue<Replaced> replaced = new ConcurrentLinkedQueue<>();
  private boolean dueNext;

  Cpu(int index, long record) {
    this.index = index;
    this.record = record;
  }

  // ---- the queue

  /** Queues a continuation: whether it is the only one that waits. Any thread; a full fence. */
  boolean add(Runnable continuation) {
    queue.add(continuation);
    return CpuRecord.addWaiting(record, 1) <= 0;
  }

  /** Queues one whose time has come, as {@link #add} does. */
  boolean addDue(Runnable continuation) {
    due.add(continuation);
    return CpuRecord.addWaiting(record, 1) <= 0;
  }

  /** Takes the next continuation, or null. Any thread. */
  @Nullable Runnable poll() {
    if (waiting() <= 0) {
      return null;
    }
    Runnable continuation = next();
    if (continuation != null) {
      CpuRecord.addWaiting(record, -1);
    }
    return continuation;
  }

  /** One whose time has come and one of the others, in turns; of each those that came first. */
  private @Nullable Runnable next() {
    dueNext = !dueNext;
    Runnable first = dueNext ? due.poll() : queue.poll();
    return first != null ? first : dueNext ? queue.poll() : due.poll();
  }

  /** Whether more wait than the holder takes next, or something waits and there is no holder. */
  boolean needsOthers() {
    long waiting = waiting();
    return waiting > 1 || (waiting > 0 && isFree());
  }

  /** Whether one waits here whose time has come; a moment ago. */
  boolean hasDue() {
    return !due.isEmpty();
  }

  /** How many continuations wait here; a moment ago. */
  long waiting() {
    return CpuRecord.waiting(record);
  }

  // ---- the token

  boolean isFree() {
    return CpuRecord.isFree(CpuRecord.active(record));
  }

  /** Whether nobody holds it, nobody has lent it, and nobody is on the way. */
  boolean isIdle() {
    return CpuRecord.active(record) == 0 && !CpuRecord.isExpecting(record);
  }

  /** Takes it for a carrier if nobody holds it or has lent it: whether it has. */
  boolean take(Carrier carrier) {
    return CpuRecord.active(record) == 0 && CpuRecord.passActive(record, 0, carrier.record);
  }

  /** Takes it for a spare that was told to come, unless it is needless by now: whether it has. */
  boolean arrive(Carrier spare, ThreadState state) {
    boolean taken = false;
    long active = CpuRecord.active(record);
    if (active == 0) {
      taken = CpuRecord.passActive(record, 0, spare.record);
    } else if (CpuRecord.isFree(active)) {
      taken = fromLender(active, spare, state);
    }
    CpuRecord.arrived(record);
    return taken;
  }

  private boolean fromLender(long active, Carrier spare, ThreadState state) {
    long lender = active & ~CpuRecord.LENT;
    if (!state.isStillAsleep(lender)) {
      boolean _ = CpuRecord.passActive(record, active, lender);
      return false;
    }
    boolean taken = CpuRecord.passActive(record, active, spare.record);
    Replaced watched = taken ? spare.watched(lender) : null;
    if (watched != null) {
      replaced.add(watched);
    }
    return taken;
  }

  /** Takes it over from a carrier whose call was claimed, if that still had it or had lent it. */
  boolean takeOver(Carrier blocked, Carrier carrier) {
    return CpuRecord.passActive(record, blocked.record, carrier.record)
        || CpuRecord.passActive(record, blocked.record | CpuRecord.LENT, carrier.record);
  }

  /** Whether a carrier holds it. */
  boolean isHeldBy(Carrier carrier) {
    return CpuRecord.active(record) == carrier.record;
  }

  /** Takes back what a carrier has lent, by itself, unless somebody else has it by now. */
  boolean reclaim(Carrier carrier) {
    return CpuRecord.passActive(record, carrier.record | CpuRecord.LENT, carrier.record);
  }

  /** Gives it up, by the holder itself, unless it has been taken away. */
  void release(Carrier carrier) {
    if (!CpuRecord.passActive(record, carrier.record, 0)) {
      boolean _ = CpuRecord.passActive(record, carrier.record | CpuRecord.LENT, 0);
    }
  }

  /** Takes it from a carrier that sleeps outside of a call: whether that still held it. */
  boolean retake(long sleeper) {
    boolean lent = CpuRecord.passActive(record, sleeper, sleeper | CpuRecord.LENT);
    if (lent) {
      CarrierRecord.setLostAt(sleeper, System.nanoTime());
      CpuRecord.countRetake(record);
    }
    return lent;
  }

  /** The carriers that it was taken from lately. For the sysmon, which removes them. */
  ConcurrentLinkedQueue<Replaced> replaced() {
    return replaced;
  }
}
