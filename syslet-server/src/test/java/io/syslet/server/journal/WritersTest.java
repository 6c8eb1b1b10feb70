package io.syslet.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.server.session.Restored;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several pollers write at the same time, over many files, on threads of either kind. */
class WritersTest {
  private static final int WRITERS = 4;
  private static final int CALLS = 3000;
  private static final int SYNC_EVERY = 500;

  private enum Threads {
    PLATFORM {
      @Override
      ExecutorService executor() {
        return Executors.newCachedThreadPool();
      }
    },
    VIRTUAL {
      @Override
      ExecutorService executor() {
        return Executors.newVirtualThreadPerTaskExecutor();
      }
    };

    abstract ExecutorService executor();
  }

  @TempDir private Path dir;

  @ParameterizedTest
  @EnumSource(Threads.class)
  void eachSessionHoldsItsOwn(Threads threads) throws Exception {
    JournalOptions options =
        JournalOptions.defaults().cycleBytes(64 << 10).durability(Durability.FSYNC);
    try (Journal journal = Journal.open(dir, options);
        ExecutorService pool = threads.executor()) {
      List<Callable<Integer>> pollers =
          IntStream.range(0, WRITERS)
              .<Callable<Integer>>mapToObj(id -> () -> poll(journal.writer(), id))
              .toList();
      for (Future<Integer> result : pool.invokeAll(pollers)) {
        assertThat(result.get()).isZero();
      }
      assertThat(journal.stats().files()).isGreaterThan(WRITERS);
    }
    try (Journal journal = Journal.open(dir, options)) {
      assertThat(journal.recovered()).hasSize(WRITERS).allSatisfy(WritersTest::check);
    }
  }

  private static int poll(Writer writer, int id) throws IOException {
    int wrong = writer.opened(id, Step.token(id), Step.peer(id));
    for (int call = 0; call < CALLS; call++) {
      wrong |= writer.began(id, call, call, 0);
      wrong |= call % 2 == 0 ? writer.completed(id, call, call) : 0;
      wrong |= call % SYNC_EVERY == 0 ? writer.sync() : 0;
    }
    return wrong;
  }

  /** The even calls were completed, then the odd ones had an unknown outcome. */
  private static void check(Restored session) {
    assertThat(session.token()).isEqualTo(Step.token(session.id()));
    assertThat(session.callerData()).hasSize(CALLS);
    for (int i = 0; i < CALLS / 2; i++) {
      assertThat(session.callerData()[i]).isEqualTo(2L * i);
      assertThat(session.statuses()[i]).isEqualTo(2L * i);
      assertThat(session.callerData()[CALLS / 2 + i]).isEqualTo(2L * i + 1);
      assertThat(session.statuses()[CALLS / 2 + i]).isEqualTo(-Errno.EOWNERDEAD);
    }
  }
}
