package io.syslet.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.Errno;
import io.syslet.server.session.Peer;
import io.syslet.server.session.Restored;
import io.syslet.server.session.TokenHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal gives back when it is opened again. */
class JournalTest {
  private static final JournalOptions OPTIONS = JournalOptions.defaults().cycleBytes(64 << 10);
  private static final TokenHash TOKEN = TokenHash.of(new byte[16]);
  private static final Peer PEER = Peer.unix(1000, 100, 4711);
  private static final int READ = 0;

  @TempDir private Path dir;

  private Restored only(Journal journal) {
    assertThat(journal.recovered()).hasSize(1);
    return journal.recovered().getFirst();
  }

  private Journal open() throws IOException {
    return Journal.open(dir, OPTIONS);
  }

  @Test
  void aNewJournalHoldsNothing() throws IOException {
    try (Journal journal = open()) {
      assertThat(journal.recovered()).isEmpty();
      assertThat(journal.loss()).isEqualTo(Loss.NONE);
    }
  }

  @Test
  void aSessionComesBackAsItWasOpened() throws IOException {
    Peer tls = Peer.tls("CN=Käthe, O=Ünïversity");
    try (Journal journal = open()) {
      Writer writer = journal.writer();
      assertThat(writer.opened(7, TOKEN, PEER)).isZero();
      assertThat(writer.opened(8, TOKEN, tls)).isZero();
    }
    try (Journal journal = open()) {
      assertThat(journal.recovered()).extracting(Restored::id).containsExactlyInAnyOrder(7L, 8L);
      assertThat(journal.recovered())
          .extracting(Restored::peer)
          .containsExactlyInAnyOrder(PEER, tls);
      assertThat(journal.recovered()).allSatisfy(s -> assertThat(s.token()).isEqualTo(TOKEN));
    }
  }

  @Test
  void completionsComeBackInOrderFromTheFirstThatWasNotAcknowledged() throws IOException {
    try (Journal journal = open()) {
      Writer writer = journal.writer();
      writer.opened(7, TOKEN, PEER);
      for (int call = 0; call < 10; call++) {
        assertThat(writer.began(7, call, 100 + call, READ)).isZero();
      }
      for (int call = 9; call >= 0; call--) {
        assertThat(writer.completed(7, call, -call)).isZero();
      }
      assertThat(writer.acknowledged(7, 6)).isZero();
      assertThat(journal.stats().completions()).as("those not acknowledged").isEqualTo(4);
      assertThat(writer.acknowledged(7, 3)).as("an older one").isZero();
      assertThat(journal.stats().completions()).isEqualTo(4);
      assertThat(writer.acknowledged(7, 11)).isEqualTo(-Errno.EINVAL);
    }
    try (Journal journal = open()) {
      Restored session = only(journal);
      assertThat(session.position()).isEqualTo(6);
      assertThat(session.callerData()).containsExactly(103, 102, 101, 100);
      assertThat(session.statuses()).containsExactly(-3, -2, -1, 0);
      assertThat(journal.loss()).isEqualTo(Loss.NONE);
    }
  }

  @Test
  void callsInFlightAreCompletedOnceWithOwnerDead() throws IOException {
    try (Journal journal = open()) {
      Writer writer = journal.writer();
      writer.opened(7, TOKEN, PEER);
      writer.began(7, 1, 101, READ);
      writer.began(7, 2, 102, READ);
      writer.began(7, 3, 103, READ);
      writer.endedInline(7, 2, 0);
    }
    for (int i = 0; i < 3; i++) {
      try (Journal journal = open()) {
        assertThat(only(journal).callerData()).containsExactly(101, 103);
        assertThat(only(journal).statuses()).containsOnly(-Errno.EOWNERDEAD);
        assertThat(journal.stats().calls()).isZero();
        assertThat(journal.stats().completions()).isEqualTo(2);
      }
    }
  }

  @Test
  void aClosedSessionIsForgotten() throws IOException {
    try (Journal journal = open()) {
      Writer writer = journal.writer();
      writer.opened(7, TOKEN, PEER);
      writer.began(7, 1, 101, READ);
      assertThat(writer.closed(7)).isZero();
      assertThat(writer.completed(7, 1, 0)).isEqualTo(-Errno.ESTALE);
      assertThat(journal.stats().calls()).isZero();
    }
    try (Journal journal = open()) {
      assertThat(journal.recovered()).isEmpty();
    }
  }

  @Test
  void whatMakesNoSenseIsRefusedAndChangesNothing() throws IOException {
    try (Journal journal = open()) {
      Writer writer = journal.writer();
      assertThat(writer.began(7, 1, 101, READ)).isEqualTo(-Errno.ESTALE);
      assertThat(writer.acknowledged(7, 0)).isEqualTo(-Errno.ESTALE);
      assertThat(writer.closed(7)).isEqualTo(-Errno.ESTALE);
      assertThat(writer.opened(7, TOKEN, Peer.tls("x".repeat(3000)))).isEqualTo(-Errno.E2BIG);
      assertThat(writer.opened(7, TOKEN, PEER)).isZero();
      assertThat(writer.opened(7, TOKEN, PEER)).isEqualTo(-Errno.EEXIST);
      assertThat(writer.completed(7, 1, 0)).isEqualTo(-Errno.ENOENT);
      assertThat(writer.began(7, 1, 101, READ)).isZero();
      assertThat(writer.began(7, 1, 101, READ)).isEqualTo(-Errno.EEXIST);
      assertThat(writer.acknowledged(7, 1)).isEqualTo(-Errno.EINVAL);
      assertThat(writer.completed(7, 1, 0)).isZero();
      assertThat(writer.endedInline(7, 1, 0)).isEqualTo(-Errno.ENOENT);
    }
    try (Journal journal = open()) {
      assertThat(only(journal).statuses()).containsExactly(0);
    }
  }

  @Test
  void limitsAreAnsweredWithNoSpace() throws IOException {
    try (Journal journal = Journal.open(dir, OPTIONS.maxSessions(1).maxCalls(2))) {
      Writer writer = journal.writer();
      assertThat(writer.opened(7, TOKEN, PEER)).isZero();
      assertThat(writer.opened(8, TOKEN, PEER)).isEqualTo(-Errno.ENOSPC);
      assertThat(writer.began(7, 1, 0, READ)).isZero();
      assertThat(writer.began(7, 2, 0, READ)).isZero();
      assertThat(writer.began(7, 3, 0, READ)).isEqualTo(-Errno.ENOSPC);
      assertThat(writer.completed(7, 1, 0)).isZero();
      assertThat(writer.began(7, 3, 0, READ)).isEqualTo(-Errno.ENOSPC);
      assertThat(writer.acknowledged(7, 1)).isZero();
      assertThat(writer.began(7, 3, 0, READ)).isZero();
      assertThat(journal.stats().refused()).isEqualTo(3);
    }
  }

  @Test
  void aSecondServerIsToldWhoHasTheJournal() throws IOException {
    try (Journal journal = open()) {
      assertThat(journal.recovered()).isEmpty();
      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
    }
    open().close();
  }

  @Test
  void oldFilesAreReleasedAndNothingIsLost() throws IOException {
    int rounds = 20_000;
    try (Journal journal = open()) {
      Writer writer = journal.writer();
      writer.opened(7, TOKEN, PEER);
      writer.began(7, -1, 42, READ);
      for (int call = 0; call < rounds; call++) {
        assertThat(writer.began(7, call, call, READ)).isZero();
        assertThat(writer.completed(7, call, call)).isZero();
        assertThat(writer.acknowledged(7, Math.max(0, call - 100))).isZero();
      }
      assertThat(journal.stats().files()).isGreaterThan(20);
      assertThat(journal.stats().records()).isGreaterThan(3L * rounds);
    }
    List<Path> files = JournalFiles.files(dir);
    assertThat(files).hasSize(1);
    try (Journal journal = open()) {
      Restored session = only(journal);
      assertThat(session.position()).isEqualTo(rounds - 101);
      assertThat(session.callerData()).hasSize(102).endsWith(rounds - 1, 42);
      assertThat(session.statuses()).endsWith(rounds - 1, -Errno.EOWNERDEAD);
    }
    assertThat(JournalFiles.runs(dir)).hasSize(1);
  }

  @Test
  void eachRunIsOursAlone() throws IOException {
    Journal.open(dir, OPTIONS).close();
    Journal.open(dir, OPTIONS).close();
    assertThat(JournalFiles.runs(dir))
        .singleElement()
        .satisfies(
            run ->
                assertThat(Files.getPosixFilePermissions(run))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------")));
  }
}
