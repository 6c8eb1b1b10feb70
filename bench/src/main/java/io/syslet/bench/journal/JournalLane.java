package io.syslet.bench.journal;

import io.syslet.server.journal.Durability;
import io.syslet.server.journal.Journal;
import io.syslet.server.journal.JournalOptions;
import io.syslet.server.journal.Writer;
import io.syslet.server.session.Peer;
import io.syslet.server.session.TokenHash;
import java.io.IOException;
import java.nio.file.Path;

/** The service's journal, with one session whose client acknowledges now and then. */
final class JournalLane implements RecordLane {
  private static final int ACKNOWLEDGE = 64;

  private final Journal journal;
  private final Writer writer;

  /** A journal in a folder; {@link #sync} does what the durability says. */
  JournalLane(Path dir, Durability durability) throws IOException {
    journal = Journal.open(dir, JournalOptions.defaults().durability(durability));
    writer = journal.writer();
    check(writer.opened(1, TokenHash.of(new byte[0]), Peer.unix(0, 0, 0)));
  }

  private static void check(int result) throws IOException {
    if (result != 0) {
      throw new IOException("journal: " + result);
    }
  }

  @Override
  public void call(long call) throws IOException {
    check(writer.began(1, call, call, 0));
    check(writer.completed(1, call, 0));
    if (call % ACKNOWLEDGE == ACKNOWLEDGE - 1) {
      check(writer.acknowledged(1, call));
    }
  }

  @Override
  public void sync() throws IOException {
    check(writer.sync());
  }

  @Override
  public void close() throws IOException {
    check(writer.closed(1));
    journal.close();
  }
}
