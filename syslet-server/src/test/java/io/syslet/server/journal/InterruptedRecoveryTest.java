package io.syslet.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server dies while it recovers, having written any part of the new run's first file. Whichever
 * run counts then, what it holds is the same: the calls that were in flight end once.
 */
class InterruptedRecoveryTest {
  private static final boolean LONG = Boolean.getBoolean("syslet.long");
  private static final int STEPS = 300;
  private static final int SAMPLES = 15;
  private static final JournalOptions OPTIONS = JournalOptions.defaults().cycleBytes(64 << 10);

  @TempDir private Path temporary;

  private final long seed = Long.getLong("syslet.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void anyPartOfTheNewRunLeavesTheSameState() throws IOException {
    Model model = new Model();
    Path dir = temporary.resolve("journal");
    Journal first = Journal.open(dir, OPTIONS);
    write(first, model);
    Path before = keep(dir, "before");
    first.close();
    Journal second = Journal.open(dir, OPTIONS);
    long end = second.stats().usedBytes();
    Path after = keep(dir, "after");
    second.close();
    for (long i = 0; i < (LONG ? end : SAMPLES); i++) {
      long offset = LONG ? i : random.nextLong(end + 1);
      check(before, after, offset, model.crashed());
    }
  }

  private void write(Journal journal, Model model) {
    Writer writer = journal.writer();
    for (int i = 0; i < STEPS; i++) {
      Step step = model.next(random);
      assertThat(step.write(writer)).as("seed " + seed).isZero();
      model.apply(step);
    }
  }

  private Path keep(Path dir, String name) throws IOException {
    return Files.copy(JournalFiles.files(dir).getLast(), temporary.resolve(name));
  }

  private void check(Path before, Path after, long offset, String held) throws IOException {
    Path dir = Files.createTempDirectory(temporary, "interrupted");
    Path one = Files.createDirectories(JournalFiles.run(dir, 1));
    Files.copy(before, one.resolve("19700101-000001.cq4"));
    Path two = Files.createDirectories(JournalFiles.run(dir, 2));
    Path file = Files.copy(after, two.resolve("19700101-000001.cq4"));
    try (RandomAccessFile written = new RandomAccessFile(file.toFile(), "rw")) {
      long length = written.length();
      written.setLength(offset);
      written.setLength(length);
    }
    String as = "written up to " + offset + ", seed " + seed;
    for (int i = 0; i < 2; i++) {
      try (Journal journal = Journal.open(dir, OPTIONS)) {
        assertThat(Model.text(journal.recovered())).as(as).isEqualTo(held);
        assertThat(journal.loss()).as(as).isEqualTo(Loss.NONE);
      }
    }
    assertThat(JournalFiles.runs(dir)).containsExactly(JournalFiles.run(dir.toRealPath(), 4));
  }
}
