package io.syslet.linux;

import io.syslet.CString;
import io.syslet.Nr;
import io.syslet.kernel.Counters;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The memory of a scheduler's records: a file without a name, memfd_create(2), so that other
 * processes of the same user, and root, may look at them by {@code /proc/PID/fd} at no cost to this
 * one; it goes with the process. Plain memory where there is no such file. Freed when nobody
 * reaches this object any more: whoever submits late may still look at the records.
 */
final class RecordMemory {
  private static final long MFD_CLOEXEC = 1;
  private static final long PROT_READ_WRITE = 3;
  private static final long MAP_SHARED = 1;
  private static final int MOST_CARRIERS = 4096;

  private final Arena arena = Arena.ofAuto();
  private final long base;
  private final int cpus;
  private final int carriers;
  private final int file;
  private int taken;
  private boolean closed;

  private RecordMemory(int kind, String name, int cpus, int carriers) {
    this.cpus = cpus;
    this.carriers = (Math.min(carriers, MOST_CARRIERS) + Carriers.SLAB - 1) & -Carriers.SLAB;
    long length = SharedLayout.length(cpus, this.carriers);
    this.file = create(name, length);
    long mapped = file < 0 ? file : map(length);
    this.base = mapped < 0 ? arena.allocate(length, 128).address() : mapped;
    init(kind, name);
  }

  /** For the scheduler of a kernel, with as many workers at most. */
  static RecordMemory ofKernel(SchedulerOptions options, int workers) {
    return new RecordMemory(
        SharedLayout.KERNEL, LinuxProvider.NAME, Processors.most(options), workers);
  }

  /** For one that runs virtual threads. */
  static RecordMemory ofThreads(SchedulerOptions options) {
    int workers = WorkerLimit.sum(Processors.wanted(options), options.maxBlocked());
    return new RecordMemory(
        SharedLayout.THREADS, options.name(), Processors.most(options), workers);
  }

  private int create(String name, long length) {
    long text = CString.allocate(arena, SharedLayout.FILE + name);
    int created = (int) Native.syscall(Nr.MEMFD_CREATE, text, MFD_CLOEXEC, 0, 0, 0, 0);
    if (created >= 0 && Native.syscall(Nr.FTRUNCATE, created, length, 0, 0, 0, 0) < 0) {
      Native.syscall(Nr.CLOSE, created, 0, 0, 0, 0, 0);
      return -1;
    }
    return created;
  }

  @SuppressWarnings("restricted")
  private long map(long length) {
    long at = Native.syscall(Nr.MMAP, 0, length, PROT_READ_WRITE, MAP_SHARED, file, 0);
    if (at < 0 && at > -4096) {
      return at;
    }
    MemorySegment mapped = MemorySegment.ofAddress(at);
    return mapped.reinterpret(length, arena, new Unmap(at, length)).address();
  }

  private void init(int kind, String name) {
    Memory.putInt(base + SharedLayout.KIND, kind);
    Memory.putInt(base + SharedLayout.CPUS, cpus);
    Memory.putLong(base + SharedLayout.OPENED, System.currentTimeMillis());
    Memory.putInt(base + SharedLayout.CARRIERS, carriers);
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    byte[] text = Arrays.copyOf(bytes, Math.min(bytes.length, SharedLayout.NAME_LENGTH - 1));
    for (int i = 0; i < text.length; i++) {
      Memory.putByte(base + SharedLayout.NAME + i, text[i]);
    }
    Memory.putLongRelease(base + SharedLayout.MAGIC_AT, SharedLayout.MAGIC);
  }

  /** A kernel's counters. */
  Counters counters() {
    return new Counters(base + SharedLayout.COUNTERS, this);
  }

  /** Address of the scheduler's record. */
  long scheduler() {
    return base + SharedLayout.SCHEDULER;
  }

  /** Address of the records of the processors. */
  long firstCpu() {
    return base + SharedLayout.FIRST_CPU;
  }

  /** Number of the records of processors. */
  int cpus() {
    return cpus;
  }

  /** Other memory that lives as long as this. */
  Arena arena() {
    return arena;
  }

  /**
   * Address of as many new records of carriers, zeroed. Those beyond what was reserved are seen by
   * nobody else. One thread at a time.
   */
  long carriers(int count) {
    if (taken + count > carriers) {
      return arena.allocate((long) count * CarrierRecord.LENGTH, CarrierRecord.ALIGNMENT).address();
    }
    long first = base + SharedLayout.firstCarrier(cpus) + (long) taken * CarrierRecord.LENGTH;
    taken += count;
    return first;
  }

  /** Nobody may begin to look at it any more. */
  synchronized void close() {
    if (file >= 0 && !closed) {
      Native.syscall(Nr.CLOSE, file, 0, 0, 0, 0, 0);
    }
    closed = true;
  }

  /** Keeps nothing of what it frees. */
  private record Unmap(long at, long length) implements java.util.function.Consumer<MemorySegment> {
    @Override
    public void accept(MemorySegment mapped) {
      Native.syscall(Nr.MUNMAP, at, length, 0, 0, 0, 0);
    }
  }
}
