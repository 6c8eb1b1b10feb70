package io.syslet.server.local;

import io.syslet.CallSlots;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Syslet;
import io.syslet.linux.LinuxKernel;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import io.syslet.server.session.CallBatch;
import java.lang.foreign.Arena;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The least that a poller does: takes the batches of one port, runs their copies on a real kernel,
 * posts what comes later. Sleeps when there is nothing to do and nothing under way.
 */
final class TestPoller implements AutoCloseable {
  private static final int SLOTS = 256;

  private final LocalPort port;
  private final Arena arena = Arena.ofShared();
  private final CompletionRing ring = CompletionRing.allocate(arena, 2 * SLOTS, 0);
  private final CallSlots slots = CallSlots.allocate(arena, SLOTS, ring);
  private final Semaphore bell = new Semaphore(0);
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private volatile boolean stop;
  private final AtomicInteger sleeps = new AtomicInteger();
  private volatile long lastCall;
  private int inFlight;

  TestPoller(LinuxKernel kernel, LocalPort port) {
    this.port = port;
    kernel.start(this::poll);
  }

  /** Caller data of the call that was taken last. */
  long lastCall() {
    return lastCall;
  }

  int sleeps() {
    return sleeps.get();
  }

  void ring() {
    bell.release();
  }

  private void poll(Kernel self) {
    while (!stop) {
      CallBatch batch = port.poll();
      if (batch != null) {
        run(self, batch);
      }
      int done = ring.drain(this::complete, SLOTS);
      if (done > 0) {
        port.flush();
      }
      if (batch == null && done == 0 && inFlight == 0 && port.idle()) {
        sleeps.incrementAndGet();
        bell.acquireUninterruptibly();
      }
    }
    ended.complete(null);
  }

  private void complete(long status, long callerData) {
    inFlight--;
    port.complete(callerData, status, null);
  }

  private void run(Kernel self, CallBatch batch) {
    for (int i = 0; i < batch.count(); i++) {
      Memory.copy(batch.slot(i), slots.slot(i), Registers.LENGTH);
      translate(batch, i);
      lastCall = batch.callerData(i);
    }
    int accepted = self.indirect(slots, 0, batch.count(), batch.flags());
    for (int i = 0; i < accepted; i++) {
      Memory.putLong(batch.slot(i) + CallSlots.STATUS, slots.status(i));
      inFlight += slots.status(i) == -Syslet.ESYSLETPENDING ? 1 : 0;
    }
    port.answer(batch, accepted);
  }

  /** Registers: the number, then six arguments. */
  private void translate(CallBatch batch, int i) {
    long slot = slots.slot(i);
    Memory.putLong(slots.params(i) + Params.CALLER_DATA, batch.callerData(i));
    long nr = Memory.getLong(slot);
    if (nr == Nr.STATX) {
      argument(batch, i, 1, 1);
      argument(batch, i, 4, 256);
    } else if (nr == Nr.OPENAT) {
      argument(batch, i, 1, 1);
    } else if (nr == Nr.READ || nr == Nr.GETDENTS64) {
      argument(batch, i, 1, Memory.getLong(slot + Registers.argument(2)));
    }
  }

  private void argument(CallBatch batch, int i, int which, long length) {
    long at = slots.slot(i) + Registers.argument(which);
    Memory.putLong(at, port.translate(batch, i, Memory.getLong(at), length));
  }

  @Override
  public void close() {
    stop = true;
    bell.release();
    ended.join();
  }
}
