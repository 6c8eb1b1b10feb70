package io.syslet.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written for a call allocates nothing. */
class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int CALLS = 100_000;
  private static final int IN_FLIGHT = 50;

  @TempDir private Path dir;

  @Test
  void aCallAllocatesNothing() throws IOException {
    JournalOptions options = JournalOptions.defaults().cycleBytes(64 << 20);
    try (Journal journal = Journal.open(dir, options)) {
      Writer writer = journal.writer();
      writer.opened(1, Step.token(1), Step.peer(1));
      call(writer, 0, CALLS);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      int refused = call(writer, CALLS, 2 * CALLS);
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertThat(refused).isZero();
      assertThat(journal.stats().files()).as("files; a new one allocates").isEqualTo(1);
      // Each few megabytes of the file are mapped anew.
      assertThat(allocated).as("bytes for %s calls", CALLS).isLessThan(CALLS / 10);
    }
  }

  private static int call(Writer writer, int from, int to) {
    int refused = 0;
    for (int i = from; i < to; i++) {
      refused += writer.began(1, i, i, 0);
      if (i >= IN_FLIGHT) {
        refused += writer.completed(1, i - IN_FLIGHT, 0);
        refused += writer.acknowledged(1, i - IN_FLIGHT);
        refused += writer.sync();
      }
    }
    return refused;
  }
}
