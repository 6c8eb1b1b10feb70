package io.syslet.bench;

import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;

/**
 * A read of one byte from an empty pipe: a call that blocks until it is fed. Used by one task; a
 * rescuer feeds it as well when the task itself has been stuck in the call for long, since it was
 * not handed over.
 */
public final class BlockingRead implements AutoCloseable {
  private static final long STUCK_MILLIS = 100;
  private static final long CLOSE_NANOS = 100_000;

  private final Kernel kernel;
  private final CompletionRing ring;
  private final MemorySegment registers;
  private final MemorySegment params;
  private final long buffer;
  private final int in;
  private final int out;
  private final Thread rescuer = new Thread(this::rescue, "rescuer");
  private long calls;
  private volatile long calling;
  private volatile boolean closed;

  /** Opens the pipe. */
  public BlockingRead(Kernel kernel, CompletionRing ring) {
    this.kernel = kernel;
    this.ring = ring;
    registers = kernel.arena().allocate(Registers.LENGTH, Long.BYTES);
    params = kernel.arena().allocate(Params.LENGTH, Long.BYTES);
    buffer = kernel.arena().allocate(Long.BYTES, Long.BYTES).address();
    long fds = kernel.arena().allocate(Long.BYTES, Long.BYTES).address();
    if (Sys.pipe2(kernel, fds, Sys.O_CLOEXEC) != 0) {
      throw new IllegalStateException("no pipe");
    }
    in = Memory.getInt(fds);
    out = Memory.getInt(fds + Integer.BYTES);
    Registers.put(registers.address(), Nr.READ, in, buffer, 1, 0, 0, 0);
    rescuer.setDaemon(true);
    rescuer.start();
  }

  /** Calls: whether the call is pending; if not, it was stuck until the rescuer fed it. */
  public boolean call(long callerData) {
    Params.put(params.address(), ring.address(), callerData);
    calling = ++calls;
    long result = kernel.indirect(registers, params, 0);
    calling = 0;
    if (result != -Syslet.ESYSLETPENDING && result != 1) {
      throw new IllegalStateException("read: " + result);
    }
    return result != 1;
  }

  /** Feeds it one byte. */
  public void feed() {
    if (Host.syscall(Nr.WRITE, out, buffer, 1) != 1) {
      throw new IllegalStateException("the pipe is full");
    }
  }

  /** Waits for the one call that is pending, through interrupts, and takes its completion. */
  public void settle() {
    int tail = ring.tail();
    while (kernel.ringWait(ring, tail) != 0) {
      Thread.interrupted();
    }
    take(tail);
  }

  /** The same without waiting in the ring: gives the processor away until it is there. */
  public void poll() {
    while (ring.isEmpty()) {
      Host.syscall(Nr.SCHED_YIELD, 0, 0, 0);
    }
    take(ring.tail());
  }

  private void take(int tail) {
    if (ring.statusAt(tail) != 1) {
      throw new IllegalStateException("completed with " + ring.statusAt(tail));
    }
    ring.advanceTo(tail + 1);
  }

  private void rescue() {
    long before = 0;
    while (!closed) {
      long now = calling;
      if (now != 0 && now == before) {
        feed();
      }
      before = now;
      sleep();
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(STUCK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes the pipe, when no call is pending. */
  @Override
  public void close() {
    closed = true;
    rescuer.interrupt();
    while (rescuer.isAlive()) {
      LockSupport.parkNanos(CLOSE_NANOS);
    }
    Sys.close(kernel, in);
    Sys.close(kernel, out);
  }
}
