package io.syslet.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A power cut leaves a file of the journal cut at any byte, or with pages that never reached the
 * disk. The journal opens all the same, holds what was written before the damage, and says what it
 * lost.
 */
class PowerCutTest {
  private static final boolean LONG = Boolean.getBoolean("syslet.long");
  private static final int STEPS = 150;
  private static final int SAMPLES = 30;
  private static final int OPENED_OF_READ = 100;
  private static final int PAGE = 4096;
  private static final JournalOptions OPTIONS =
      JournalOptions.defaults().cycleBytes(64 << 10).durability(Durability.FSYNC);

  @TempDir private Path temporary;

  private final long seed = Long.getLong("syslet.seed", System.nanoTime());
  private final Random random = new Random(seed);

  /** A journal that was written and not closed: its one file, and what it held from where on. */
  private final class Written {
    private final Path file;
    private final long start;
    private final List<Long> ends = new ArrayList<>();
    private final List<String> held = new ArrayList<>();
    private final long firstRecord;

    Written() throws IOException {
      Path dir = temporary.resolve("written");
      Journal journal = Journal.open(dir, OPTIONS);
      Writer writer = journal.writer();
      start = journal.stats().usedBytes();
      firstRecord = journal.stats().records();
      Model model = new Model();
      remember(start, model);
      for (int i = 0; i < STEPS; i++) {
        Step step = model.next(random);
        assertThat(step.write(writer)).isZero();
        model.apply(step);
        remember(journal.stats().usedBytes(), model);
      }
      assertThat(writer.sync()).isZero();
      file = temporary.resolve("file");
      Files.copy(JournalFiles.files(dir).getFirst(), file);
      journal.close();
    }

    private void remember(long end, Model model) {
      ends.add(end);
      held.add(model.crashed());
    }

    /** How many steps are wholly before an offset. */
    int before(long offset) {
      int steps = 0;
      while (steps < STEPS && ends.get(steps + 1) <= offset) {
        steps++;
      }
      return steps;
    }

    /** The file as the only one of a journal, to be damaged. */
    Path copy(Path dir) throws IOException {
      Path run = Files.createDirectories(JournalFiles.run(dir, 1));
      return Files.copy(file, run.resolve("19700101-000001.cq4"));
    }

    long end() {
      return ends.getLast();
    }
  }

  private interface Damage {
    void inflict(RandomAccessFile file) throws IOException;
  }

  /** Damages a copy, and checks that what is before the first byte that differs is held. */
  private Loss check(Written written, String what, Damage damage) throws IOException {
    Path dir = Files.createTempDirectory(temporary, "damaged");
    Path copy = written.copy(dir);
    try (RandomAccessFile file = new RandomAccessFile(copy.toFile(), "rw")) {
      damage.inflict(file);
    }
    long intact = Files.mismatch(written.file, copy);
    int steps = intact < 0 ? STEPS : written.before(intact);
    return check(written, dir, steps, what + ", seed " + seed);
  }

  /** Reads what is there, and opens it too, but for most of the offsets of the long profile. */
  private Loss check(Written written, Path dir, int steps, String as) throws IOException {
    JournalRecovery recovery = JournalRecovery.read(JournalFiles.files(dir));
    assertThat(Model.textAfterCrash(recovery.state())).as(as).isEqualTo(written.held.get(steps));
    if (LONG && random.nextInt(OPENED_OF_READ) > 0) {
      delete(dir);
      return recovery.loss();
    }
    try (Journal journal = Journal.open(dir, OPTIONS)) {
      assertThat(Model.text(journal.recovered())).as(as).isEqualTo(written.held.get(steps));
      assertThat(journal.loss()).isEqualTo(recovery.loss());
      return journal.loss();
    } finally {
      delete(dir);
    }
  }

  private static void delete(Path dir) throws IOException {
    for (Path run : JournalFiles.runs(dir)) {
      JournalFiles.delete(run);
    }
    Files.deleteIfExists(dir.resolve("lock"));
    Files.delete(dir);
  }

  private Stream<Long> offsets(long from, long to) {
    return LONG
        ? Stream.iterate(from, offset -> offset < to, offset -> offset + 1)
        : Stream.concat(Stream.of(from, to - 1), Stream.generate(() -> random.nextLong(from, to)))
            .limit(SAMPLES);
  }

  @Test
  void cutAnywhereItHoldsWhatIsBeforeTheCut() throws IOException {
    Written written = new Written();
    for (long offset : offsets(written.start, written.end() + 8).toList()) {
      Loss loss = check(written, "cut at " + offset, file -> file.setLength(offset));
      assertThat(loss.missing()).as("seed " + seed).isPositive();
      assertThat(loss.text()).contains("00000001/19700101-000001.cq4").contains("shorter");
    }
  }

  @Test
  void cutBeforeItsFirstRecordItHoldsNothingAndSaysSo() throws IOException {
    Written written = new Written();
    for (long offset : offsets(0, written.start).toList()) {
      Loss loss = check(written, "cut at " + offset, file -> file.setLength(offset));
      assertThat(loss.isNone()).as("cut at " + offset).isFalse();
    }
  }

  @Test
  void withZerosFromAnywhereItHoldsWhatIsBefore() throws IOException {
    Written written = new Written();
    for (long offset : offsets(written.start, written.end()).toList()) {
      check(written, "zeros from " + offset, file -> zero(file, offset, written.end()));
    }
  }

  @Test
  void withGarbageFromAnywhereItHoldsWhatIsBefore() throws IOException {
    Written written = new Written();
    for (long offset : offsets(written.start, written.end()).toList()) {
      Loss loss =
          check(written, "garbage from " + offset, file -> garbage(file, offset, written.end()));
      assertThat(loss.bytes()).as("garbage from " + offset).isLessThanOrEqualTo(written.end());
    }
  }

  @Test
  void aPageThatIsMissingCostsAllThatComesAfterAndTheNumberIsKnown() throws IOException {
    Written written = new Written();
    for (long page = (written.start / PAGE + 1) * PAGE; page + PAGE < written.end(); page += PAGE) {
      long offset = page;
      Loss loss = check(written, "page " + offset, file -> zero(file, offset, offset + PAGE));
      int lost = STEPS - written.before(firstByte(written.file, offset));
      assertThat(loss.records()).as("page " + offset + " seed " + seed).isEqualTo(lost);
      assertThat(loss.text()).contains("damaged at byte").contains(lost + " records");
    }
  }

  /** The first byte from an offset on that is not zero, and so is lost with its page. */
  private static long firstByte(Path file, long offset) throws IOException {
    try (FileWindow window = new FileWindow(file)) {
      return window.nextByte(offset);
    }
  }

  @Test
  void undamagedItLosesNothing() throws IOException {
    Written written = new Written();
    assertThat(check(written, "undamaged", file -> {})).isEqualTo(Loss.NONE);
    assertThat(written.firstRecord).isEqualTo(2);
  }

  @Test
  void theLastRecordIsTakenAlsoIfOnlyItsHeaderIsNotFinished() throws IOException {
    Written written = new Written();
    long header = written.ends.get(STEPS - 1);
    Path dir = temporary.resolve("unfinished");
    try (RandomAccessFile file = new RandomAccessFile(written.copy(dir).toFile(), "rw")) {
      file.seek(header + 3);
      file.write(0x80);
    }
    assertThat(check(written, dir, STEPS, "unfinished")).isEqualTo(Loss.NONE);
  }

  private static void zero(RandomAccessFile file, long from, long to) throws IOException {
    file.seek(from);
    file.write(new byte[(int) (to - from)]);
  }

  private void garbage(RandomAccessFile file, long from, long to) throws IOException {
    byte[] bytes = new byte[(int) (to - from)];
    random.nextBytes(bytes);
    file.seek(from);
    file.write(bytes);
  }
}
