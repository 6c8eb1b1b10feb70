package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.kernel.CallRecord;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/** The end of a kernel and the end of a call, at the same moment: one of them posts. */
class CancelRaceTest {
  private static final int ROUNDS = 20_000;

  @Test
  void eitherTheWorkerOrWhoCancelsPosts() throws Exception {
    try (Arena arena = Arena.ofShared()) {
      long record = arena.allocate(CallRecord.LENGTH, 128).address();
      boolean[] cancelled = new boolean[ROUNDS];
      CyclicBarrier both = new CyclicBarrier(2);
      Thread closer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < ROUNDS; i++) {
                      meet(both);
                      cancelled[i] = CallRecord.cancel(record);
                      meet(both);
                    }
                  });
      for (int i = 0; i < ROUNDS; i++) {
        Memory.putLongVolatile(record + CallRecord.SEQ, 1 | CallRecord.CLAIMED);
        meet(both);
        boolean ended = CallRecord.end(record);
        meet(both);
        assertThat(ended ^ cancelled[i]).as("round %d: one of the two", i).isTrue();
        assertThat(Memory.getLong(record + CallRecord.SEQ)).isEqualTo(2);
      }
      closer.join();
    }
  }

  private static void meet(CyclicBarrier both) {
    try {
      both.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
