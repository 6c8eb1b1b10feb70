package io.syslet.server.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads what a journal held. Each file begins with a checkpoint of the whole state, so that one
 * file is enough: the newest whose checkpoint is whole. One that is newer was begun and not
 * finished when the server died, or the power went; then the one before it is still there, for it
 * is deleted only when its successor's checkpoint is on the disk.
 */
final class JournalRecovery {
  private final Replay replay;
  private final Loss loss;
  private final long sequence;

  private JournalRecovery(Replay replay, Loss loss, long sequence) {
    this.replay = replay;
    this.loss = loss;
    this.sequence = sequence;
  }

  /** Reads the files, given with the oldest first. They are not changed. */
  static JournalRecovery read(List<Path> files) throws IOException {
    return read(files, false);
  }

  /**
   * The same.
   *
   * @param wasBegun whether a server has had a journal there, so that one file must be whole.
   */
  static JournalRecovery read(List<Path> files, boolean wasBegun) throws IOException {
    JournalRecovery best = new JournalRecovery(new Replay(), Loss.NONE, 0);
    long last = 0;
    for (Path file : files.reversed()) {
      JournalRecovery found = read(file);
      last = Math.max(last, found.sequence);
      if (found.replay.isWhole()) {
        return found.after(best.loss, last);
      }
      best = best.sequence == 0 ? found : best;
    }
    return wasBegun ? best.lost(files.size()) : best;
  }

  private JournalRecovery lost(int files) {
    return new JournalRecovery(replay, loss.isNone() ? Loss.of(files) : loss, sequence);
  }

  private static JournalRecovery read(Path file) throws IOException {
    try (RecordReader reader = new RecordReader(file)) {
      Replay replay = new Replay();
      long made = ChronicleLog.SHORTEST;
      long last = 0;
      while (reader.next()) {
        RecordView record = reader.record();
        made = record.kind() == RecordKind.CHECKPOINT ? record.word(2) : made;
        last = record.sequence();
        replay.apply(record);
      }
      int version = last == 0 ? reader.version() : 0;
      if (version != 0) {
        return new JournalRecovery(replay, Loss.ofLayout(version), 0);
      }
      Damage damage = Damage.behind(reader, last, replay.isWhole());
      return new JournalRecovery(replay, damage.loss(file, made), damage.newest());
    }
  }

  private JournalRecovery after(Loss newer, long last) {
    return new JournalRecovery(replay, loss.isNone() ? newer : loss, last);
  }

  /** What was held; calls that were in flight still are. */
  HeldState state() {
    return replay.state();
  }

  /** What was lost. */
  Loss loss() {
    return loss;
  }

  /** The greatest number that any record has, 0 if there is none. */
  long sequence() {
    return sequence;
  }
}
