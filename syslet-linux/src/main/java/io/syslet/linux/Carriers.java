package io.syslet.linux;

import io.syslet.kernel.CallRecord;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All workers of a kernel, by the record that native code knows them by. A record outlives its
 * worker, since a sentinel may still look at it, and serves the next one.
 */
final class Carriers {
  private static final int SLAB = 32;

  private final LinuxKernel kernel;
  private final Arena arena;
  private final ArrayDeque<Long> free = new ArrayDeque<>();
  private volatile @Nullable Carrier[] table = new @Nullable Carrier[0];
  private int records;
  private int made;
  private long inlineOfLeft;

  Carriers(LinuxKernel kernel, Arena arena) {
    this.kernel = kernel;
    this.arena = arena;
  }

  /** Makes a worker of a processor, not yet started. */
  synchronized Carrier make(Cpu cpu) {
    if (free.isEmpty()) {
      grow();
    }
    long record = free.pop();
    Carrier carrier = new Carrier(kernel, cpu, record, made++);
    table[index(record)] = carrier;
    cpu.joined();
    return carrier;
  }

  private void grow() {
    long slab = arena.allocate((long) SLAB * CallRecord.LENGTH, 128).address();
    table = Arrays.copyOf(table, records + SLAB);
    for (int i = 0; i < SLAB; i++) {
      long record = slab + (long) i * CallRecord.LENGTH;
      Memory.putInt(record + CallRecord.INDEX, records++);
      Memory.putLong(record + CallRecord.LOOK, kernel.lookTable());
      free.add(record);
    }
  }

  /** A worker has left: its record may serve another. */
  synchronized void left(Carrier carrier) {
    inlineOfLeft += carrier.inline();
    table[index(carrier.record)] = null;
    free.push(carrier.record);
  }

  /** The worker of a record. Any thread, without a lock. */
  Carrier of(long record) {
    Carrier carrier = find(record);
    if (carrier == null) {
      throw new IllegalStateException("a record without a worker");
    }
    return carrier;
  }

  /** The worker of a record, or null if it has left. Any thread, without a lock. */
  @Nullable Carrier find(long record) {
    return table[index(record)];
  }

  /** The workers that there are now. */
  Carrier[] all() {
    return Arrays.stream(table).filter(carrier -> carrier != null).toArray(Carrier[]::new);
  }

  /** Calls completed inline by all workers, also those that have left. */
  synchronized long inline() {
    long sum = inlineOfLeft;
    for (Carrier carrier : table) {
      sum += carrier == null ? 0 : carrier.inline();
    }
    return sum;
  }

  private static int index(long record) {
    return Memory.getInt(record + CallRecord.INDEX);
  }
}
