package io.syslet.linux;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Where a continuation goes, and where a carrier finds one. Each processor has a queue; who has
 * nothing in its own takes from the others', the oldest first.
 *
 * <pre>
 *   submitted by                      goes to
 *   what runs on a processor          its own queue: nobody has to be woken for it, and what it
 *                                     touches is near; one idle processor is told to come and see
 *   anybody else                      an idle processor, or else the shortest queue
 * </pre>
 *
 * <p>Only one carrier at a time is woken to come and see: two that pass a baton on one processor
 * wake another once, not for each pass. It says that it has searched before it gives its processor
 * up, and looks once more after that, so what was queued meanwhile is seen by it or by who queued
 * it.
 */
final class RunQueues {
  private final Cpu[] cpus;
  private final Waker waker;
  private final AtomicBoolean searching = new AtomicBoolean();
  private volatile int count;

  /** Wakes spares. */
  interface Waker {
    /** Tells a spare to come to a processor: whether one will, now or already. */
    boolean kick(Cpu cpu);
  }

  RunQueues(Cpu[] cpus, int count, Waker waker) {
    this.cpus = cpus;
    this.count = count;
    this.waker = waker;
  }

  Cpu[] cpus() {
    return cpus;
  }

  /** How many of the processors are in use. */
  int count() {
    return count;
  }

  /** Changes how many are in use; what waits at others is taken by those. */
  void count(int processors) {
    count = Math.clamp(processors, 1, cpus.length);
  }

  /** Queues what a carrier's own continuation submits. */
  void local(Cpu cpu, Runnable continuation) {
    cpu.add(continuation);
    callForHelp();
  }

  /** Queues what anybody submits. */
  void submit(Runnable continuation) {
    Cpu cpu = place();
    cpu.add(continuation);
    if (cpu.isFree()) {
      waker.kick(cpu);
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
    if (searching.get()) {
      return;
    }
    Cpu idle = idle();
    if (idle != null && searching.compareAndSet(false, true) && !waker.kick(idle)) {
      searching.set(false);
    }
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

  /** The next continuation for the holder of a processor, or null if there is none anywhere. */
  @Nullable Runnable take(Cpu own) {
    Runnable found = own.poll();
    if (found == null) {
      found = steal(own.index);
      if (searching.get()) {
        searching.set(false);
        if (found != null && anyWaiting()) {
          callForHelp();
        }
      }
    }
    return found;
  }

  private @Nullable Runnable steal(int thief) {
    for (int i = 1; i < cpus.length; i++) {
      Runnable found = cpus[(thief + i) % cpus.length].poll();
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  boolean anyWaiting() {
    return waiting() > 0;
  }

  /** How many continuations wait; each queue a moment ago. */
  long waiting() {
    long sum = 0;
    for (Cpu cpu : cpus) {
      sum += Math.max(cpu.waiting(), 0);
    }
    return sum;
  }

  /** A processor that a carrier has taken since something waits, its last one first; or null. */
  @Nullable Cpu takeIdle(Carrier carrier, Cpu last) {
    if (!anyWaiting()) {
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

  /** Wakes a spare for each free processor if something waits. */
  void kickFree() {
    int in = count;
    for (int i = 0; i < in && anyWaiting(); i++) {
      if (cpus[i].isFree()) {
        waker.kick(cpus[i]);
      }
    }
  }
}
