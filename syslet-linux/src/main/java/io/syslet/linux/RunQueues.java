package io.syslet.linux;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where a continuation goes, and where a carrier finds one. Each processor has a queue; who has
 * nothing in its own takes from the others', the oldest first.
 *
 * <pre>
 *   submitted by                      goes to
 *   what runs on a processor          its own queue: what it touches is near. If more wait there
 *                                     by now, one idle processor is told to come and see
 *   anybody else                      an idle processor, or else the shortest queue
 *   a timer                           the same, and ahead of every other one that waits there:
 *                                     who sleeps for a moment does not wait for a whole burst
 * </pre>
 *
 * <p>Only one carrier at a time is woken to come and see, to a processor that then is {@code
 * searched}. What waits alone behind a holder is left to that: who unparks another most often parks
 * next, and takes it sooner than anybody could wake up. So two that pass a ball stay on one
 * processor, and wake nobody. Who is awake and has nothing to do takes it.
 *
 * <p><b>Nothing waits for ever.</b> A continuation needs others if more wait behind a holder, or if
 * there is no holder ({@link Cpu#needsOthers}). Who gives a processor up looks for such behind
 * that, and who has queued one looks for idle processors behind that; {@link Cpu} says why one of
 * them sees the other. With {@code searched} between them:
 *
 * <pre>
 *   submitter                           carrier that searches
 *   queue, waiting += 1, now 2          has found nothing
 *   searched? leave it to that          searched = null
 *   idle processor? wake one            gives its processor up
 *                                       more than one waiting? take a processor again
 * </pre>
 *
 * A submitter that sees {@code searched} has queued before it was reset. The only one that waits
 * behind a holder is taken by it at the end of its turn; if it falls asleep, whoever takes the
 * processor from it looks whether something waits; if it runs on, the {@link Sysmon}, which is
 * awake while a processor is held, finds that within milliseconds.
 */
final class RunQueues {
  private final Cpu[] cpus;
  private final Waker waker;
  private final AtomicReference<@Nullable Cpu> searched = new AtomicReference<>();
  private volatile int count;

  /** The greatest count so far: nothing ever waited at those beyond. */
  private volatile int most;

  /** Wakes spares. */
  interface Waker {
    /** Tells a spare to come to a processor: whether one will, now or already. */
    boolean kick(Cpu cpu);
  }

  RunQueues(Cpu[] cpus, int count, Waker waker) {
    this.cpus = cpus;
    this.count = count;
    this.most = count;
    this.waker = waker;
  }

  Cpu[] cpus() {
    return cpus;
  }

  /** How many of the processors are in use. */
  int count() {
    return count;
  }

  /** Whether a processor is in use. */
  boolean isInUse(Cpu cpu) {
    return cpu.index < count;
  }

  /** Changes how many are in use, now and then; what waits at others goes to those. */
  void count(int processors) {
    int in = Math.clamp(processors, 1, cpus.length);
    most = Math.max(most, in);
    count = in;
    for (int i = in; i < most; i++) {
      leave(cpus[i]);
    }
  }

  /** Leaves what waits at a processor that is not in use any more to the others. */
  void leave(Cpu cpu) {
    searchEnds(cpu);
    for (Runnable next = cpu.poll(); next != null; next = cpu.poll()) {
      submit(next);
    }
  }

  /** Queues what a carrier's own continuation submits. */
  void local(Cpu own, Runnable continuation) {
    boolean alone = own.add(continuation);
    if (!alone) {
      callForHelp();
    }
  }

  /** Queues what anybody submits. */
  void submit(Runnable continuation) {
    Cpu cpu = place();
    queued(cpu, cpu.add(continuation));
  }

  /** Queues one whose time has come: it takes turns with those that wait. */
  void submitDue(Runnable continuation) {
    Cpu cpu = place();
    queued(cpu, cpu.addDue(continuation));
  }

  private void queued(Cpu cpu, boolean alone) {
    if (cpu.isFree()) {
      waker.kick(cpu);
    } else if (!alone) {
      callForHelp();
    }
  }

  private Cpu place() {
    Cpu shortest = cpus[0];
    long least = Long.MAX_VALUE;
    int in = count;
    for (int i = 0; i < in; i++) {
      Cpu cpu = cpus[i];
      if (cpu.isIdle()) {
        return cpu;
      }
      long waiting = cpu.waiting();
      if (waiting < least) {
        least = waiting;
        shortest = cpu;
      }
    }
    return shortest;
  }

  private void callForHelp() {
    if (searched.get() != null) {
      return;
    }
    Cpu idle = idle();
    if (idle != null && searched.compareAndSet(null, idle) && !waker.kick(idle)) {
      searchEnds(idle);
    }
  }

  /** One that was woken to come and see at a processor has come, or will not. */
  void searchEnds(Cpu at) {
    boolean _ = searched.compareAndSet(at, null);
  }

  private @Nullable Cpu idle() {
    int in = count;
    for (int i = 0; i < in; i++) {
      if (cpus[i].isIdle()) {
        return cpus[i];
      }
    }
    return null;
  }

  /** The next continuation for the holder of a processor, or null if it is to look for none. */
  @Nullable Runnable take(Cpu own) {
    Runnable found = own.poll();
    if (found == null) {
      found = steal(own.index);
    }
    if (searched.get() == own) {
      searchEnds(own);
      if (found != null && anyNeedsOthers()) {
        callForHelp();
      }
    }
    return found;
  }

  private @Nullable Runnable steal(int thief) {
    int in = most;
    for (int i = 1; i < in; i++) {
      Runnable found = cpus[(thief + i) % in].poll();
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  boolean anyWaiting() {
    return waiting() > 0;
  }

  /** Whether something waits that no holder takes next. */
  boolean anyNeedsOthers() {
    int in = most;
    for (int i = 0; i < in; i++) {
      if (cpus[i].needsOthers()) {
        return true;
      }
    }
    return false;
  }

  /** How many continuations wait; each queue a moment ago. */
  long waiting() {
    long sum = 0;
    int in = most;
    for (int i = 0; i < in; i++) {
      sum += Math.max(cpus[i].waiting(), 0);
    }
    return sum;
  }

  /** A processor that a carrier has taken since it is needed, its last one first; or null. */
  @Nullable Cpu takeIdle(Carrier carrier, Cpu last) {
    if (!anyNeedsOthers()) {
      return null;
    }
    if (last.index < count && last.take(carrier)) {
      return last;
    }
    int in = count;
    for (int i = 0; i < in; i++) {
      if (cpus[i].take(carrier)) {
        return cpus[i];
      }
    }
    return null;
  }

  /** Wakes a spare for each free processor if something waits: whether it has woken one. */
  boolean kickFree() {
    boolean woken = false;
    int in = count;
    for (int i = 0; i < in && anyWaiting(); i++) {
      woken |= cpus[i].isFree() && waker.kick(cpus[i]);
    }
    return woken;
  }
}
