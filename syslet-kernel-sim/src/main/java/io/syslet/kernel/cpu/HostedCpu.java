package io.syslet.kernel.cpu;

import io.syslet.Errno;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets a host thread run its own system call inside a library kernel, without a context switch to a
 * kernel thread and back: the thread takes the kernel's one processor, runs kernel code itself, and
 * gives the processor up. {@link #stats} counts the switches avoided and done.
 *
 * <p>All that decides is in one word: {@link CpuState}.
 *
 * <p>Any thread may call. What the owner wrote before its last put is visible to the next owner.
 *
 * <p>Source: LKL's {@code arch/lkl/kernel/cpu.c}, which has a mutex, a counter and two semaphores
 * for this.
 */
public final class HostedCpu extends CpuState {
  private final CpuHost host;
  private final CpuHost.Semaphore bed;
  private final CpuHost.Semaphore freed;
  private final IrqHandler handler;
  private final Runnable free;

  /** One bit for each interrupt that was left to the owner. */
  private final AtomicLong pending = new AtomicLong();

  /** Only ever equal to a thread that wrote it itself, or that the owner gave it to. */
  private volatile @Nullable Object owner;

  // The owner's.
  private int nesting;
  private boolean irqsOff;
  private long entries;
  private long nested;
  private long sleeps;
  private long interrupts;
  private long leftToOwner;

  /**
   * Makes a processor that nobody has.
   *
   * @param handler of interrupts 0 to 63.
   * @param free called once, when shutdown has begun and the last thread has left.
   */
  public HostedCpu(CpuHost host, IrqHandler handler, Runnable free) {
    this.host = host;
    this.handler = handler;
    this.free = free;
    bed = host.semaphore(0);
    freed = host.semaphore(0);
  }

  /**
   * Takes the processor if that can be done now. Its owner may take it again, also during shutdown.
   *
   * @return 1 if the caller has it; 0 if another has; −ESHUTDOWN after {@link #shutdown}.
   */
  public int tryGet() {
    Object self = host.self();
    if (owner == self) {
      return again();
    }
    for (; ; ) {
      long now = state();
      if (isClosed(now)) {
        return -Errno.ESHUTDOWN;
      }
      if (isHeld(now)) {
        return 0;
      }
      if (hold(now)) {
        return entered(self);
      }
    }
  }

  /**
   * Takes the processor; waits until it is free. Its owner may take it again, also during shutdown.
   *
   * @return 1, or −ESHUTDOWN if {@link #shutdown} has come first.
   */
  public int get() {
    Object self = host.self();
    if (owner == self) {
      return again();
    }
    int slept = 0;
    for (; ; ) {
      long now = state();
      if (isClosed(now)) {
        return -Errno.ESHUTDOWN;
      }
      if (!isHeld(now)) {
        if (hold(now)) {
          sleeps += slept;
          return entered(self);
        }
      } else if (lieDown(now)) {
        slept++;
        bed.down();
        freeIfLast(getUp());
      }
    }
  }

  private int again() {
    nesting++;
    nested++;
    return 1;
  }

  private int entered(Object self) {
    owner = self;
    nesting = 1;
    entries++;
    return 1;
  }

  /**
   * Gives the processor up, or one nesting of it. With the last one runs the interrupts that were
   * left to it, unless {@linkplain #irqsOff switched off}, and wakes one thread that waits.
   *
   * @throws IllegalStateException if the caller does not own it: an unbalanced put.
   */
  public void put() {
    checkOwner("unbalanced put");
    if (nesting > 1) {
      nesting--;
      return;
    }
    Object self = owner;
    for (; ; ) {
      long now = state();
      if (hasIrq(now) && !irqsOff) {
        runPending();
        continue;
      }
      nesting = 0;
      owner = null;
      if (release(now)) {
        left(now);
        return;
      }
      owner = self;
      nesting = 1;
    }
  }

  private void left(long before) {
    if (sleepers(before) != 0) {
      bed.up();
    }
    freeIfLast(released(before));
  }

  private void checkOwner(String what) {
    Object self = host.self();
    Object now = owner;
    if (now != self) {
      throw new IllegalStateException(
          what + " by " + self + ": the processor is " + (now == null ? "free" : now + "'s"));
    }
  }

  /**
   * Handles an interrupt: now, if the processor can be taken or the caller owns it with interrupts
   * on, else it is left to the owner, who does it at its last put.
   *
   * @param irq 0 to 63. One that is left already is not left twice.
   * @return 1 if it was handled; 0 if it was left; −ESHUTDOWN after {@link #shutdown}.
   */
  public int tryRunIrq(int irq) {
    if (irq < 0 || irq > 63) {
      throw new IllegalArgumentException("interrupt " + irq + " is not from 0 to 63");
    }
    if (owner == host.self() && irqsOff) {
      return leaveToOwner(irq);
    }
    for (; ; ) {
      int got = tryGet();
      if (got > 0) {
        handle(irq);
        put();
        return 1;
      }
      if (got < 0 || leaveToOwner(irq) == 0 || !takeBack(irq)) {
        return got;
      }
    }
  }

  /** 0, or 1 if there is no owner any more. */
  private int leaveToOwner(int irq) {
    pending.getAndUpdate(all -> all | 1L << irq);
    return leaveIrq() ? 0 : 1;
  }

  /** Whether the owner has not handled it. */
  private boolean takeBack(int irq) {
    return (pending.getAndUpdate(all -> all & ~(1L << irq)) & 1L << irq) != 0;
  }

  private void runPending() {
    takeIrqs();
    long left = pending.getAndSet(0);
    while (left != 0) {
      leftToOwner++;
      handle(Long.numberOfTrailingZeros(left));
      left &= left - 1;
    }
  }

  private void handle(int irq) {
    interrupts++;
    handler.interrupt(irq);
  }

  /** Leaves interrupts pending from now on, by the owner. */
  public void irqsOff() {
    checkOwner("irqsOff");
    irqsOff = true;
  }

  /** Runs those that were left, and lets them run again, by the owner. */
  public void irqsOn() {
    checkOwner("irqsOn");
    irqsOff = false;
    if (hasIrq(state())) {
      runPending();
    }
  }

  /**
   * Makes another thread the owner, by the one that is: a context switch inside the kernel.
   *
   * @param thread that thread's {@link CpuHost#self}.
   * @throws IllegalStateException if the caller does not own the processor, or more than once.
   */
  public void changeOwner(Object thread) {
    checkOwner("change of owner");
    if (nesting > 1) {
      throw new IllegalStateException(
          "change of owner to "
              + thread
              + " by "
              + owner
              + ", which has entered "
              + nesting
              + " times");
    }
    owner = thread;
  }

  /**
   * Closes the gate: who comes later is refused, who waits is woken and refused, the owner goes on
   * to its last put. Does not wait.
   */
  public void shutdown() {
    long before = close();
    if (isClosed(before)) {
      return;
    }
    for (long i = sleepers(before); i > 0; i--) {
      bed.up();
    }
    freeIfLast(closed(before));
  }

  private void freeIfLast(long word) {
    if (isOver(word)) {
      free.run();
      freed.up();
    }
  }

  /** Waits until shutdown is over: the last thread has left, and all is freed. */
  public void awaitShutdown() {
    freed.down();
    freed.up();
  }

  /** How it was used; exact for the owner, or when nobody is inside. */
  public CpuStats stats() {
    return new CpuStats(entries, nested, sleeps, interrupts, leftToOwner);
  }
}
