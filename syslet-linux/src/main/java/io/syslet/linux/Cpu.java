package io.syslet.linux;

import io.syslet.kernel.CallRecord;
import io.syslet.kernel.Submission;
import io.syslet.ring.Memory;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One processor: the tasks that are ready to run on it, the one carrier that is active, and the
 * spare workers.
 *
 * <p><b>Activity</b> is a token, {@code active} in the {@link CpuRecord}: the record of the carrier
 * that may run tasks here. It is taken by CAS from 0, passed on by CAS when a call is handed over,
 * by the worker that takes over, and set to 0 by its holder alone.
 *
 * <p>A carrier that sleeps outside a call, in a class initialiser or in {@code Files}, still holds
 * the token. The sysmon then passes it to a spare; the sleeper keeps its task and looks at the
 * token before each call and each dispatch. {@link #next} and the passing exclude each other. A
 * call that it begins all the same, because it woke up and looked just before, is the sysmon's to
 * watch ({@link Replaced}); who takes over its task then finds the token gone and queues the task.
 *
 * <p><b>No wake-up is lost.</b> Who makes a task ready pushes it, then reads active; who gives
 * activity up sets active to 0, then reads the queue; both with a full fence between, so at least
 * one sees the other:
 *
 * <pre>
 *   waker                           carrier
 *   push(task)                      active = 0
 *   active == 0? kick a spare       queue empty? stand by : activate again
 * </pre>
 *
 * A waker that finds no spare to kick is helped by the carrier: it looks at the queue once more
 * after it has registered as spare, and kicks on its own account.
 *
 * <p><b>A spare</b> is in the standby word or on the stack, in one place, once. Only who took it
 * out of there sets its go word, and always does; so a spare whose withdrawal fails waits on.
 */
final class Cpu {
  final int number;
  final long record;
  private final LinuxKernel kernel;

  private final AtomicReference<@Nullable LinuxTask> inbox = new AtomicReference<>();
  private @Nullable LinuxTask fifo;

  private final ArrayDeque<Carrier> spares = new ArrayDeque<>(64);
  private final ArrayDeque<Submission> blanks = new ArrayDeque<>(64);
  private final ConcurrentLinkedQueue<Replaced> replaced = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean asked = new AtomicBoolean();
  private int workers;

  Cpu(LinuxKernel kernel, int number, long record) {
    this.kernel = kernel;
    this.number = number;
    this.record = record;
  }

  // ---- the run queue

  /** Makes a task ready; any thread. */
  void enqueue(LinuxTask task) {
    LinuxTask first;
    do {
      first = inbox.get();
      task.next = first;
    } while (!inbox.compareAndSet(first, task));
    if (CpuRecord.active(record) == 0 && !Carrier.isOf(this)) {
      kick();
    }
  }

  /** The next task for a carrier to run; null if there is none, or it is not active any more. */
  synchronized @Nullable LinuxTask next(Carrier carrier) {
    if (!isActive(carrier)) {
      return null;
    }
    if (fifo == null) {
      fifo = reversed(inbox.getAndSet(null));
    }
    LinuxTask task = fifo;
    if (task != null) {
      fifo = task.next;
      task.next = null;
      task.taken();
    }
    return task;
  }

  boolean hasWork() {
    return inbox.get() != null || fifo != null;
  }

  private static @Nullable LinuxTask reversed(@Nullable LinuxTask stack) {
    LinuxTask queue = null;
    for (LinuxTask task = stack; task != null; ) {
      LinuxTask next = task.next;
      task.next = queue;
      queue = task;
      task = next;
    }
    return queue;
  }

  // ---- activity

  boolean activate(Carrier carrier) {
    boolean active = CpuRecord.activate(record, carrier.record);
    if (active) {
      watch();
    }
    return active;
  }

  /** Goes on as the active carrier in the place of one whose call was claimed, if it was it. */
  boolean takeOver(Carrier blocked, Carrier carrier) {
    boolean active = CpuRecord.passActive(record, blocked.record, carrier.record);
    refill();
    return active;
  }

  /** Gives activity up, unless it has been taken away. */
  void deactivate(Carrier carrier) {
    boolean _ = CpuRecord.passActive(record, carrier.record, 0);
  }

  boolean isActive(Carrier carrier) {
    return CpuRecord.active(record) == carrier.record;
  }

  /**
   * Takes activity from a carrier that sleeps outside a call while tasks wait, and gives it to a
   * spare: whether it did. The sleeper keeps its task, and finds out when it wakes.
   */
  boolean replace(Carrier sleeper) {
    Carrier spare = take();
    if (spare == null) {
      refill();
      return false;
    }
    boolean passed = pass(sleeper.record, spare.record);
    if (passed) {
      replaced.add(new Replaced(sleeper));
    }
    spare.go(0);
    refill();
    return passed;
  }

  /** The carriers that were replaced lately. For the sysmon, which removes them. */
  Collection<Replaced> replaced() {
    return replaced;
  }

  private synchronized boolean pass(long from, long to) {
    return CpuRecord.passActive(record, from, to);
  }

  private void watch() {
    if (CpuRecord.isParked(record)) {
      CpuRecord.unpark(record);
    }
    kernel.sysmon.arm();
    refill();
  }

  // ---- spare workers

  /** Registers a carrier as spare, by itself. */
  void standBy(Carrier carrier) {
    Memory.putIntVolatile(carrier.record + CallRecord.GO, 0);
    if (!CpuRecord.offerStandby(record, carrier.record)) {
      push(carrier);
    }
    if (hasWork() && CpuRecord.active(record) == 0) {
      kick();
    }
  }

  /** Takes a spare out again that nobody needed for long, by itself: whether it may leave. */
  synchronized boolean retire(Carrier carrier) {
    boolean retires = workers > kernel.minWorkers() && spares.remove(carrier);
    workers -= retires ? 1 : 0;
    return retires;
  }

  /** Takes a spare out again, by itself: whether it was not taken before. */
  boolean withdraw(Carrier carrier) {
    return CpuRecord.withdrawStandby(record, carrier.record) || remove(carrier);
  }

  private synchronized boolean remove(Carrier carrier) {
    return spares.remove(carrier);
  }

  /** Puts a spare into the standby word if that is empty; asks for more when there is none. */
  void refill() {
    while (CpuRecord.standby(record) == 0) {
      Carrier spare = pop();
      if (spare == null) {
        kernel.spawner.request(this);
        return;
      }
      if (!CpuRecord.offerStandby(record, spare.record)) {
        push(spare);
      }
    }
  }

  /** Takes a spare and tells it to look at the queue. */
  private void kick() {
    Carrier spare = take();
    if (spare != null) {
      spare.go(0);
    }
  }

  /** A spare out of the standby word or the stack, or null. */
  @Nullable Carrier take() {
    long standby = CpuRecord.takeStandby(record);
    return standby != 0 ? kernel.carrier(standby) : pop();
  }

  /** Tells all spares to look at the queue, and whether the kernel is closed. */
  void dismiss() {
    for (Carrier spare = take(); spare != null; spare = take()) {
      spare.go(0);
    }
  }

  /** Whether a call that blocks now would find a worker. */
  boolean spareReady() {
    return CpuRecord.standby(record) != 0;
  }

  synchronized void push(Carrier carrier) {
    spares.push(carrier);
  }

  private synchronized @Nullable Carrier pop() {
    return spares.poll();
  }

  // ---- what workers share

  /** Whether nobody has asked for more workers here since the last were made. */
  boolean askOnce() {
    return asked.compareAndSet(false, true);
  }

  void asked() {
    asked.set(false);
  }

  synchronized int workers() {
    return workers;
  }

  synchronized void joined() {
    workers++;
  }

  synchronized Submission blank() {
    Submission blank = blanks.poll();
    return blank == null ? new Submission() : blank;
  }

  synchronized void recycle(Submission used) {
    blanks.push(used);
  }
}
