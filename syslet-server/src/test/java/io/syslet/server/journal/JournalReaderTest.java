package io.syslet.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal is read without being changed, whatever state it is in. */
class JournalReaderTest {
  private static final JournalOptions OPTIONS = JournalOptions.defaults().cycleBytes(64 << 10);
  private static final int READINGS = Boolean.getBoolean("syslet.long") ? 100 : 8;
  private static final int WRITE = 1;

  @TempDir private Path dir;

  private void write() throws IOException {
    try (Journal journal = Journal.open(dir, OPTIONS)) {
      Writer writer = journal.writer();
      writer.opened(7, Step.token(7), Step.peer(7));
      writer.began(7, 1, 101, WRITE);
      writer.began(7, 2, 102, WRITE);
      writer.completed(7, 2, -5);
    }
  }

  private static List<JournalRecord> records(Path dir) throws IOException {
    List<JournalRecord> records = new ArrayList<>();
    JournalReader.of(dir).forEach(records::add);
    return records;
  }

  @Test
  void eachRecordIsALine() throws IOException {
    write();
    List<JournalRecord> records = records(dir);
    assertThat(records)
        .extracting(JournalRecord::kind)
        .containsExactly("CHECKPOINT", "CHECKPOINT_END", "OPENED", "BEGAN", "BEGAN", "COMPLETED");
    assertThat(records.getLast().text())
        .isEqualTo(
            "00000001/19700101-000001.cq4 6 COMPLETED"
                + " session=7 call=2 data=102 status=-5 position=0");
    assertThat(records.getLast().json())
        .isEqualTo(
            "{\"file\":\"00000001/19700101-000001.cq4\",\"sequence\":6,\"kind\":\"COMPLETED\","
                + "\"session\":7,\"call\":2,\"data\":102,\"status\":-5,\"position\":0}");
    assertThat(records.get(2).text()).contains("peer=tls name=CN=7");
  }

  @Test
  void theSummaryCountsWhatIsHeld() throws IOException {
    write();
    JournalSummary summary = JournalReader.of(dir).summary();
    assertThat(summary.sessions()).isEqualTo(1);
    assertThat(summary.calls()).isEqualTo(1);
    assertThat(summary.completions()).isEqualTo(1);
    assertThat(summary.records()).containsEntry("BEGAN", 2L).containsEntry("COMPLETED", 1L);
    assertThat(summary.loss().isNone()).isTrue();
    assertThat(summary.json()).contains("\"calls\":1", "\"BEGAN\":2");
  }

  @Test
  void readingChangesNothing() throws IOException {
    write();
    Path file = JournalFiles.files(dir).getFirst();
    byte[] before = Files.readAllBytes(file);
    assertThat(records(dir)).isNotEmpty();
    assertThat(JournalReader.of(dir).summary().files()).isEqualTo(1);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void aJournalThatWasCutIsReadUpToTheCut() throws IOException {
    write();
    Path file = JournalFiles.files(dir).getFirst();
    try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
      cut.setLength(position(file, 5));
    }
    assertThat(records(dir)).hasSize(5);
    assertThat(JournalReader.of(dir).summary().loss().missing()).isPositive();
  }

  private static long position(Path file, int records) throws IOException {
    try (RecordReader reader = new RecordReader(file)) {
      for (int i = 0; i < records; i++) {
        assertThat(reader.next()).isTrue();
      }
      return reader.position();
    }
  }

  @Test
  void aFolderThatIsNoJournalIsSaidToBeNone() throws IOException {
    assertThatThrownBy(() -> JournalReader.of(dir)).hasMessage(dir + ": not a journal");
    Path none = dir.resolve("none");
    assertThatThrownBy(() -> JournalReader.of(none))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(none.toString());
  }

  @Test
  void itIsReadWhileAServerWrites() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    CountDownLatch written = new CountDownLatch(1);
    try (Journal journal = Journal.open(dir, OPTIONS)) {
      Thread server = Thread.ofPlatform().start(() -> serve(journal.writer(), stop, written));
      written.await();
      for (int i = 0; i < READINGS; i++) {
        JournalSummary summary = JournalReader.of(dir).summary();
        assertThat(summary.loss()).isEqualTo(Loss.NONE);
        assertThat(summary.sessions()).isEqualTo(1);
        while (records(dir).isEmpty()) {
          Thread.onSpinWait(); // the files that were there went while they were opened
        }
      }
      stop.set(true);
      server.join();
      assertThat(journal.stats().files()).isGreaterThan(1);
    }
  }

  private static void serve(Writer writer, AtomicBoolean stop, CountDownLatch written) {
    int wrong = writer.opened(1, Step.token(1), Step.peer(1));
    for (long call = 0; !stop.get() && wrong == 0; call++) {
      wrong |= writer.began(1, call, call, WRITE);
      wrong |= writer.completed(1, call, 0);
      wrong |= writer.acknowledged(1, call);
      if (call == OPTIONS.cycleBytes()) {
        written.countDown();
      }
    }
  }

  /** The journal as a server of another version would have left it. */
  private static void setVersion(Path file, int version) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    try (RecordReader reader = new RecordReader(file)) {
      while (reader.next()) {
        int length = reader.record().length();
        int at = (int) reader.position() - ((length + 3) & -4);
        bytes.put(at + RecordLayout.VERSION_AT, (byte) version);
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(at + RecordLayout.VERSION_AT, length - RecordLayout.VERSION_AT));
        bytes.putInt(at + RecordLayout.CRC, (int) crc.getValue());
      }
    }
    Files.write(file, bytes.array());
  }

  @Test
  void oneOfAnotherVersionIsNoDamage() throws IOException {
    write();
    setVersion(JournalFiles.files(dir).getFirst(), 1);
    String said = "of layout 1, and only layout 2 is read: what it held is lost";
    assertThat(JournalReader.of(dir).summary().loss().text()).isEqualTo(said);
    try (Journal journal = Journal.open(dir, OPTIONS)) {
      assertThat(journal.loss().text()).isEqualTo(said);
      assertThat(journal.recovered()).isEmpty();
    }
    try (Journal journal = Journal.open(dir, OPTIONS)) {
      assertThat(journal.loss().isNone()).isTrue();
    }
  }
}
