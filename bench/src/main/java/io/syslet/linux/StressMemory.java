package io.syslet.linux;

import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Zeroed memory for one record of any kind; a test gives back what it took. */
final class StressMemory {
  private static final int BYTES = SchedulerRecord.LENGTH;

  private static final ConcurrentLinkedQueue<Long> FREE = new ConcurrentLinkedQueue<>();

  private StressMemory() {}

  static long take() {
    Long used = FREE.poll();
    if (used == null) {
      return Arena.global().allocate(BYTES, 128).address();
    }
    Memory.clear(used, BYTES);
    return used;
  }

  static void give(long record) {
    FREE.add(record);
  }
}
