package io.syslet.server.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.syslet.client.local.ArenaLayout;
import io.syslet.ring.Memory;
import io.syslet.ring.SharedMemory;
import io.syslet.server.session.CallBatch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Whatever stands in the submission queue and in the slots: batches have as many calls as there may
 * be, nothing outside of the heap is translated, and a spoilt queue is reported once.
 */
class SubmissionFuzzTest {
  private static final int MOST = 1 << 13;
  private static final int POLLS = 256;

  /**
   * Polls a queue.
   *
   * @param data the records of the queue, with addresses from the arena's start; then the heap.
   */
  @FuzzTest(maxDuration = "1m")
  void queue(byte[] data) throws IOException {
    List<String> reasons = new ArrayList<>();
    LocalPort port = LocalPort.create(8, ArenaLayout.MIN_HEAP, 0, reasons::add);
    try (SharedMemory arena = SharedMemory.open(TestPairs.path(port.arenaFd()))) {
      fill(arena.segment(), data);
      for (int i = 0; i < POLLS; i++) {
        CallBatch batch = port.poll();
        if (batch != null) {
          check(port, batch);
        }
      }
    } finally {
      port.close();
    }
    assertThat(reasons.size()).isLessThanOrEqualTo(1);
  }

  private static void fill(MemorySegment arena, byte[] data) {
    int records = Math.min(data.length, MOST);
    MemorySegment from = MemorySegment.ofArray(data);
    arena.asSlice(ArenaLayout.QUEUE_OFFSET, records).copyFrom(from.asSlice(0, records));
    long heap = ArenaLayout.heapOffset(ArenaLayout.DEFAULT_QUEUE);
    long rest = Math.min(data.length - records, ArenaLayout.MIN_HEAP);
    arena.asSlice(heap, rest).copyFrom(from.asSlice(records, rest));
  }

  private static void check(LocalPort port, CallBatch batch) {
    assertThat(batch.count()).isBetween(1, CallBatch.CAPACITY);
    for (int i = 0; i < batch.count(); i++) {
      long address = Memory.getLong(batch.slot(i));
      long length = Memory.getLong(batch.slot(i) + Long.BYTES);
      if (port.translate(batch, i, address, length) != 0) {
        assertThat(length).isBetween(0L, ArenaLayout.MIN_HEAP);
      }
    }
    port.answer(batch, batch.count());
  }
}
