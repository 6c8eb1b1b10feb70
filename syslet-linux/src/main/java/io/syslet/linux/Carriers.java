package io.syslet.linux;

import io.syslet.kernel.CallRecord;
import io.syslet.ring.Memory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All workers of a scheduler, by the record that native code knows them by. A record outlives its
 * worker, since a sentinel may still look at it, and serves the next one.
 */
final class Carriers {
  static final int SLAB = 32;

  private final Scheduler scheduler;
  private final RecordMemory memory;
  private final ArrayDeque<Long> free = new ArrayDeque<>();
  private volatile @Nullable Carrier[] table = new @Nullable Carrier[0];
  private int records;
  private int made;
  private final List<Long> slabs = new ArrayList<>();

  Carriers(Scheduler scheduler, RecordMemory memory) {
    this.scheduler = scheduler;
    this.memory = memory;
  }

  /** Makes a worker, not yet started. */
  synchronized Carrier make() {
    if (free.isEmpty()) {
      grow();
    }
    long record = free.pop();
    String name = scheduler.options.name() + "-" + made++;
    Carrier carrier = new Carrier(scheduler, scheduler.queues.cpus()[0], record, name);
    table[index(record)] = carrier;
    CarrierRecord.setUsed(record, true);
    return carrier;
  }

  private void grow() {
    long slab = memory.carriers(SLAB);
    slabs.add(slab);
    @Nullable Carrier[] grown = Arrays.copyOf(table, records + SLAB);
    for (int i = 0; i < SLAB; i++) {
      long record = slab + (long) i * CarrierRecord.LENGTH;
      Memory.putInt(record + CallRecord.INDEX, records++);
      CarrierRecord.setRanOn(record, CarrierRecord.rseqArea(record));
      CarrierRecord.setStatFile(record, -1);
      free.add(record);
    }
    table = grown;
  }

  /** A worker has left: its record may serve another. */
  synchronized void left(Carrier carrier) {
    table[index(carrier.record)] = null;
    CarrierRecord.setUsed(carrier.record, false);
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

  /** One more than the highest index of a worker. */
  int capacity() {
    return table.length;
  }

  /** The worker at an index, or null if there is none. */
  @Nullable Carrier at(int index) {
    return table[index];
  }

  /** The workers that there are now. */
  Carrier[] all() {
    return Arrays.stream(table).filter(carrier -> carrier != null).toArray(Carrier[]::new);
  }

  /** Whether one looks at the record of another now. */
  boolean anyLooksAt(long record) {
    for (Carrier carrier : table) {
      if (carrier != null && carrier.looksAt(record)) {
        return true;
      }
    }
    return false;
  }

  /** Calls completed inline by all workers, also those that have left. */
  synchronized long inline() {
    long sum = 0;
    for (long slab : slabs) {
      for (int i = 0; i < SLAB; i++) {
        sum += CarrierRecord.inline(slab + (long) i * CarrierRecord.LENGTH);
      }
    }
    return sum;
  }

  /** The index of a record. */
  static int index(long record) {
    return Memory.getInt(record + CallRecord.INDEX);
  }
}
