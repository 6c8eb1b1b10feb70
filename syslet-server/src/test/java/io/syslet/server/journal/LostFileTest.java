package io.syslet.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody cuts the file under a running server: what it maps there is a bus error. */
class LostFileTest {
  private static final int CALLS = 100_000;

  @TempDir private Path dir;

  @Test
  void theWriterSaysSoAndTheServerLives() throws IOException {
    JournalOptions options = JournalOptions.defaults().durability(Durability.FSYNC);
    try (Journal journal = Journal.open(dir, options)) {
      Writer writer = journal.writer();
      assertThat(writer.opened(1, Step.token(1), Step.peer(1))).isZero();
      Path file = JournalFiles.files(dir).getFirst();
      try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
        cut.setLength(0);
      }
      int result = 0;
      for (long call = 0; call < CALLS && result == 0; call++) {
        result = writer.began(1, call, call, 0);
      }
      assertThat(result).isEqualTo(-Errno.EIO);
      assertThat(writer.sync()).isEqualTo(-Errno.EIO);
      assertThat(writer.closed(1)).isEqualTo(-Errno.EIO);
      assertThat(journal.stats().failed()).isTrue();
    }
  }
}
