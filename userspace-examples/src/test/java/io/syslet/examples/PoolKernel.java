package io.syslet.examples;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Frame;
import io.syslet.Kernel;
import io.syslet.KernelStats;
import io.syslet.Params;
import io.syslet.Program;
import io.syslet.Registers;
import io.syslet.Syslet;
import io.syslet.Task;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.CompletionWord;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

/**
 * A kernel that makes real calls, and does not wait to see which of them block: a test says by call
 * number which go to a thread pool and are answered −ESYSLETPENDING.
 */
final class PoolKernel implements Kernel {
  private static final int THREADS = 8;

  private final Arena arena = Arena.ofShared();
  private final ExecutorService pool;
  private final LongPredicate pends;
  private final Map<Long, CompletionRing> rings = new ConcurrentHashMap<>();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong pending = new AtomicLong();
  private final AtomicLong inFlight = new AtomicLong();
  private final AtomicLong maxInFlight = new AtomicLong();

  private final SystemCalls system;

  private PoolKernel(SystemCalls system, LongPredicate pends) {
    this.system = system;
    this.pool = Executors.newFixedThreadPool(THREADS);
    this.pends = pends;
  }

  /** Any of the kernels below, by name. */
  static PoolKernel of(String name) {
    return switch (name) {
      case "hot" -> hot();
      case "mixed" -> mixed();
      default -> cold();
    };
  }

  /** No call blocks. */
  static PoolKernel hot() {
    return new PoolKernel(DirectCalls::call, nr -> false);
  }

  /** Every call blocks. */
  static PoolKernel cold() {
    return new PoolKernel(DirectCalls::call, nr -> true);
  }

  /** Any call may block. */
  static PoolKernel mixed() {
    return new PoolKernel(DirectCalls::call, nr -> ThreadLocalRandom.current().nextInt(4) == 0);
  }

  /** Calls of one number block. */
  static PoolKernel coldFor(long number) {
    return new PoolKernel(DirectCalls::call, nr -> nr == number);
  }

  /** Any call may block, and somebody else makes it. */
  static PoolKernel mixed(SystemCalls system) {
    return new PoolKernel(system, nr -> ThreadLocalRandom.current().nextInt(4) == 0);
  }

  @Override
  public long syscall(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    return system.call(nr, a0, a1, a2, a3, a4, a5);
  }

  @Override
  public long indirect(MemorySegment registers, MemorySegment params, int flags) {
    return indirect(registers.address(), params.address());
  }

  @Override
  public int indirect(CallSlots slots, int first, int count, int flags) {
    for (int i = first; i < first + count; i++) {
      long status = indirect(slots.slot(i), slots.params(i));
      if (status == -Errno.EAGAIN && i == first) {
        return -Errno.EAGAIN;
      }
      if (status == -Errno.EAGAIN) {
        return i - first;
      }
      Memory.putLong(slots.slot(i) + CallSlots.STATUS, status);
      if (status == -Syslet.ESYSLETPENDING) {
        return i - first + 1;
      }
    }
    return count;
  }

  private long indirect(long registers, long params) {
    long nr = Memory.getLong(registers);
    long[] a = new long[6];
    for (int i = 0; i < a.length; i++) {
      a[i] = Memory.getLong(registers + Registers.argument(i));
    }
    if (!pends.test(nr)) {
      calls.incrementAndGet();
      return syscall(nr, a[0], a[1], a[2], a[3], a[4], a[5]);
    }
    CompletionRing ring = ring(Memory.getLong(params + Params.COMPLETION_RING_PTR));
    int entry = ring.producer().reserve();
    if (entry < 0) {
      return entry;
    }
    ring.producer().arm(entry, Memory.getLong(params + Params.CALLER_DATA));
    calls.incrementAndGet();
    pending.incrementAndGet();
    maxInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    pool.execute(
        () -> {
          long status = syscall(nr, a[0], a[1], a[2], a[3], a[4], a[5]);
          inFlight.decrementAndGet();
          ring.producer().complete(entry, status);
        });
    return -Syslet.ESYSLETPENDING;
  }

  private CompletionRing ring(long address) {
    return rings.computeIfAbsent(address, PoolKernel::adopt);
  }

  @SuppressWarnings("restricted")
  private static CompletionRing adopt(long address) {
    long length = CompletionRing.sizeOf(Memory.getInt(address + 8));
    return CompletionRing.wrap(MemorySegment.ofAddress(address).reinterpret(length));
  }

  @Override
  public long ringWait(CompletionRing ring, long userIndex) {
    return ring.await(userIndex);
  }

  @Override
  public long ringWait(CompletionRing ring, long userIndex, int min, long timeoutNanos) {
    return ring.await(userIndex, min, System.nanoTime() + timeoutNanos);
  }

  @Override
  public long wordWait(CompletionWord word, long timeoutNanos) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Arena arena() {
    return arena;
  }

  @Override
  public Task start(Program program) {
    FutureTask<Boolean> future =
        new FutureTask<>(
            () -> {
              program.run(this);
              return true;
            });
    Thread thread = Thread.startVirtualThread(future);
    return new Task() {
      @Override
      public long id() {
        return thread.threadId();
      }

      @Override
      public void join() throws InterruptedException, ExecutionException {
        future.get();
      }
    };
  }

  @Override
  public long frame(Frame function) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int maxWorkers(int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int processors() {
    return 2;
  }

  @Override
  public KernelStats stats() {
    long inline = calls.get() - pending.get();
    return new KernelStats(
        calls.get(),
        inline,
        pending.get(),
        0,
        0,
        0,
        0,
        0,
        0,
        inFlight.get(),
        maxInFlight.get(),
        THREADS,
        "pool");
  }

  /** Waits for the calls in flight, so that the memory they use can go. */
  @Override
  public void close() {
    pool.close();
    arena.close();
  }
}
