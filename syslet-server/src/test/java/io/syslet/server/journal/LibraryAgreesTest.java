package io.syslet.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.WireType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files are read without the library; here the library reads them too. */
class LibraryAgreesTest {
  private static final int STEPS = 3000;

  @TempDir private Path dir;

  @Test
  void theLibraryReadsTheSameRecords() throws IOException {
    Path run = dir.resolve("00000001");
    List<Long> ours = new ArrayList<>();
    List<Long> theirs = new ArrayList<>();
    try (Journal journal = Journal.open(dir, JournalOptions.defaults().cycleBytes(1 << 20))) {
      Model model = new Model();
      Random random = new Random(1);
      Writer writer = journal.writer();
      for (int i = 0; i < STEPS; i++) {
        Step step = model.next(random);
        assertThat(step.write(writer)).isZero();
        model.apply(step);
      }
      try (RecordReader reader = new RecordReader(ChronicleLog.file(run, 1))) {
        while (reader.next()) {
          ours.add(reader.record().sequence());
        }
      }
      deleteWhenThere(ChronicleLog.spare(run, 2));
      read(run, theirs);
    }
    assertThat(ours).hasSize(STEPS + 2).isEqualTo(theirs);
  }

  /** The next file is made in the background. */
  private static void deleteWhenThere(Path file) throws IOException {
    while (!Files.deleteIfExists(file)) {
      Thread.onSpinWait();
    }
  }

  private static void read(Path run, List<Long> sequences) {
    Bytes<?> bytes = Bytes.allocateElasticDirect();
    try (ChronicleQueue queue =
            SingleChronicleQueueBuilder.builder(run, WireType.BINARY_LIGHT)
                .rollCycle(RollNumbers.INSTANCE)
                .timeProvider(() -> RollNumbers.LENGTH)
                .readOnly(true)
                .build();
        ExcerptTailer tailer = queue.createTailer()) {
      while (tailer.readBytes(bytes)) {
        sequences.add(bytes.readLong(RecordLayout.SEQUENCE));
        bytes.clear();
      }
    } finally {
      bytes.releaseLast();
    }
  }
}
