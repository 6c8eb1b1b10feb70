package io.syslet.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.syslet.Errno;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A disk that is full, a real one: a small tmpfs. What is new is refused; what was accepted can be
 * ended, and comes back; and with space it goes on.
 */
class FullDiskTest {
  private static final JournalOptions OPTIONS = JournalOptions.defaults().cycleBytes(64 << 10);
  private static final int MAX_CALLS = 100_000;

  @TempDir private Path disk;

  private boolean mounted;

  private void mount() throws Exception {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()) == 0;
    assumeTrue(mounted, "a tmpfs needs root");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", "-l", disk.toString())).isZero();
    }
  }

  private static int run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    } catch (IOException e) {
      return -1;
    }
  }

  /** Takes all that is left. */
  private Path fill() throws IOException {
    Path hog = disk.resolve("hog");
    try (OutputStream out = Files.newOutputStream(hog)) {
      byte[] page = new byte[4096];
      while (true) {
        out.write(page);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
      return hog;
    }
  }

  /** Begins calls until one is refused: how many were accepted. */
  private static int beginUntilFull(Writer writer) {
    for (int call = 0; call < MAX_CALLS; call++) {
      int result = writer.began(1, call, call, 0);
      if (result != 0) {
        assertThat(result).isEqualTo(-Errno.ENOSPC);
        return call;
      }
    }
    throw new AssertionError("never full");
  }

  @Test
  void whatWasAcceptedIsNotLostAndWithSpaceItGoesOn() throws Exception {
    mount();
    Path dir = disk.resolve("journal");
    int accepted;
    try (Journal journal = Journal.open(dir, OPTIONS)) {
      Writer writer = journal.writer();
      assertThat(writer.opened(1, Step.token(1), Step.peer(1))).isZero();
      Path hog = fill();
      accepted = beginUntilFull(writer);
      assertThat(accepted).isPositive();
      for (int call = 0; call < accepted; call++) {
        assertThat(writer.completed(1, call, call)).isZero();
      }
      assertThat(writer.began(1, accepted, accepted, 0)).isEqualTo(-Errno.ENOSPC);
      assertThat(journal.stats().refused()).isGreaterThanOrEqualTo(2);
      assertThat(writer.sync()).isZero();
      Files.delete(hog);
      while (writer.began(1, accepted, accepted, 0) == -Errno.ENOSPC) {
        Thread.onSpinWait();
      }
      assertThat(writer.completed(1, accepted, accepted)).isZero();
    }
    check(dir, accepted);
  }

  private static void check(Path dir, int accepted) throws IOException {
    try (Journal journal = Journal.open(dir, OPTIONS)) {
      assertThat(journal.loss()).isEqualTo(Loss.NONE);
      long[] statuses = journal.recovered().getFirst().statuses();
      assertThat(statuses).hasSize(accepted + 1);
      for (int call = 0; call <= accepted; call++) {
        assertThat(statuses[call]).isEqualTo(call);
      }
    }
  }

  @Test
  void onAFullDiskItIsNotOpenedAndKeepsWhatItHolds() throws Exception {
    mount();
    Path dir = disk.resolve("journal");
    try (Journal journal = Journal.open(dir, OPTIONS)) {
      Writer writer = journal.writer();
      writer.opened(1, Step.token(1), Step.peer(1));
      writer.began(1, 7, 77, 0);
    }
    Path hog = fill();
    assertThatThrownBy(() -> Journal.open(dir, OPTIONS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no space for a file of");
    Files.delete(hog);
    try (Journal journal = Journal.open(dir, OPTIONS)) {
      assertThat(journal.recovered().getFirst().callerData()).containsExactly(77);
    }
  }

  /** Nobody can make a file there any more: what was accepted ends, and nothing new is taken. */
  @ParameterizedTest
  @EnumSource(Durability.class)
  void inAFolderThatHasBecomeReadOnlyNothingNewIsTaken(Durability durability) throws Exception {
    mount();
    Path dir = Files.createDirectory(disk.resolve("journal"));
    try (Journal journal = Journal.open(dir, OPTIONS.durability(durability))) {
      Writer writer = journal.writer();
      assertThat(writer.opened(1, Step.token(1), Step.peer(1))).isZero();
      assertThat(run("mount", "--bind", dir.toString(), dir.toString())).isZero();
      assertThat(run("mount", "-o", "remount,bind,ro", dir.toString())).isZero();
      int call = 0;
      int result = writer.began(1, call, call, 0);
      while (result == 0 && call < MAX_CALLS) {
        result = writer.began(1, ++call, call, 0);
      }
      assertThat(result).isEqualTo(-Errno.EIO);
      assertThat(call).isPositive();
    } finally {
      assertThat(run("umount", "-l", dir.toString())).isZero();
    }
  }

  @Test
  void whatMustStayFreeForOthersIsNotTaken() throws IOException {
    long free = Files.getFileStore(disk).getUsableSpace();
    assertThatThrownBy(() -> Journal.open(disk, OPTIONS.keepFree(2 * free)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no space for a file of");
    assertThat(JournalFiles.runs(disk)).isEmpty();
  }
}
