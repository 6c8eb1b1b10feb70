package io.syslet.linux;

import io.syslet.KernelStats;
import io.syslet.kernel.Counters;
import io.syslet.ring.Memory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A kernel or scheduler of another process, seen through the memory that it keeps its records in.
 * That process does nothing for it, and need not even run. One thread at a time.
 */
public final class SchedulerView implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;
  private final long base;
  private final int cpus;
  private final int carriers;
  private final Counters counters;

  private SchedulerView(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      memory = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    }
    base = memory.address();
    if (memory.byteSize() < SharedLayout.FIRST_CPU
        || Memory.getLongAcquire(base + SharedLayout.MAGIC_AT) != SharedLayout.MAGIC) {
      throw new IOException("its syslet is of another version than this one");
    }
    cpus = Memory.getInt(base + SharedLayout.CPUS);
    carriers = Memory.getInt(base + SharedLayout.CARRIERS);
    if (cpus < 0 || carriers < 0 || SharedLayout.length(cpus, carriers) > memory.byteSize()) {
      throw new IOException("its figures cannot be read");
    }
    counters = new Counters(base + SharedLayout.COUNTERS, memory);
  }

  /**
   * Maps the memory that a file names, such as one in {@code /proc/PID/fd}.
   *
   * @throws IOException if it cannot be opened, or is of another version.
   */
  static SchedulerView open(Path file) throws IOException {
    return new SchedulerView(file);
  }

  /** Whether it is that of a kernel; otherwise it runs virtual threads, and knows of no calls. */
  public boolean isKernel() {
    return Memory.getInt(base + SharedLayout.KIND) == SharedLayout.KERNEL;
  }

  /** What the kernel or the scheduler is called, up to 63 bytes of that. */
  public String name() {
    byte[] bytes = new byte[SharedLayout.NAME_LENGTH];
    int length = 0;
    while (length < bytes.length) {
      bytes[length] = Memory.getByte(base + SharedLayout.NAME + length);
      if (bytes[length] == 0) {
        break;
      }
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** When it was made, milliseconds since 1970. */
  public long openedAt() {
    return Memory.getLong(base + SharedLayout.OPENED);
  }

  /**
   * What the kernel has counted; calls that tasks make on their own stack, as those that never
   * sleep are, may be missing, 64 for each task at most.
   */
  public KernelStats calls() {
    long inline = counters.inlineOfTasks.sum();
    for (int i = 0; i < carriers; i++) {
      inline += CarrierRecord.inline(carrier(i));
    }
    long noSpare = 0;
    for (int i = 0; i < cpus; i++) {
      noSpare += CpuRecord.noSpare(cpu(i));
    }
    long scheduler = base + SharedLayout.SCHEDULER;
    String detector = SchedulerRecord.detector(scheduler);
    return counters.stats(inline, noSpare, SchedulerRecord.most(scheduler), detector);
  }

  /** What its threads do. */
  public SchedulerStats threads() {
    int mounted = 0;
    int blocked = 0;
    int workers = 0;
    for (int i = 0; i < carriers; i++) {
      long carrier = carrier(i);
      boolean runs = CarrierRecord.isMounted(carrier);
      workers += CarrierRecord.isUsed(carrier) ? 1 : 0;
      mounted += runs ? 1 : 0;
      blocked += runs && CarrierRecord.isLost(carrier) ? 1 : 0;
    }
    long retakes = 0;
    long starved = 0;
    long queued = 0;
    for (int i = 0; i < cpus; i++) {
      retakes += CpuRecord.retakes(cpu(i));
      starved += CpuRecord.starved(cpu(i));
      queued += Math.max(CpuRecord.waiting(cpu(i)), 0);
    }
    long scheduler = base + SharedLayout.SCHEDULER;
    int processors = SchedulerRecord.processors(scheduler);
    int limit = SchedulerRecord.limit(scheduler);
    return new SchedulerStats(
        processors,
        mounted,
        blocked,
        queued,
        workers,
        SchedulerRecord.most(scheduler),
        isKernel() ? limit : Math.max(limit - processors, 0),
        retakes,
        starved);
  }

  /** How many workers stand by. */
  public int spares() {
    return (int) Math.max(SchedulerRecord.spares(base + SharedLayout.SCHEDULER), 0);
  }

  /** How many processors are held by a worker that runs something. */
  public int running() {
    int held = 0;
    for (int i = 0; i < cpus; i++) {
      held += CpuRecord.isFree(CpuRecord.active(cpu(i))) ? 0 : 1;
    }
    return held;
  }

  private long cpu(int index) {
    return base + SharedLayout.FIRST_CPU + (long) index * CpuRecord.LENGTH;
  }

  private long carrier(int index) {
    return base + SharedLayout.firstCarrier(cpus) + (long) index * CarrierRecord.LENGTH;
  }

  @Override
  public void close() {
    arena.close();
  }
}
