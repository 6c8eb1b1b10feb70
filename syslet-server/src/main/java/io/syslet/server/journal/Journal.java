package io.syslet.server.journal;

import io.syslet.Errno;
import io.syslet.client.TrustedFolder;
import io.syslet.server.session.Restored;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What sessions and their calls are, kept in a folder, so that a client can go on after its server
 * or itself died.
 *
 * <p>Each call that a {@link Writer} has written down as begun ends in exactly one completion,
 * across any number of crashes: with its status if that was written down too, else with
 * −EOWNERDEAD, which says that its outcome is unknown.
 *
 * <pre>
 *   writers --lock--> ledger: record, then state --> JournalLog --> Chronicle file, all blocks there
 *                                                        |
 *                                     full: next file, which begins with the state
 *                                                        |
 *                        janitor: force it, delete the one before, make the next one ready
 * </pre>
 *
 * <p>One lock is around all of it, held for the time of one record: about as long as a cache miss
 * or two. It is also what puts the calls of two pollers in order.
 */
public final class Journal implements AutoCloseable {
  private final DirectoryLock directory;
  private final SpinLock lock = new SpinLock();
  private final JournalOptions options;
  private final HeldState state;
  private final JournalLog log;
  private final HeldLedger ledger;
  private final Janitor janitor;
  private final Loss loss;
  private final List<Writer> writers = new ArrayList<>();
  private List<Restored> recovered = List.of();
  private boolean closed;

  private Journal(
      DirectoryLock directory,
      JournalOptions options,
      JournalRecovery recovery,
      Path run,
      Spare spare) {
    this.directory = directory;
    this.options = options;
    state = recovery.state();
    loss = recovery.loss();
    log = new JournalLog(run, options, state, spare, recovery.sequence());
    ledger = new HeldLedger(state, log, options);
    janitor = new Janitor(run, lock, log, spare);
    log.onRoll(janitor::wake);
  }

  /**
   * Opens the journal in a folder, which is made if there is none, and recovers what it held.
   *
   * @throws IOException with one line that says why: another server has it, it cannot be read, or
   *     the disk is full. What it held is still there then.
   */
  public static Journal open(Path dir, JournalOptions options) throws IOException {
    DirectoryLock directory = lock(dir);
    try {
      return open(dir.toRealPath(), options, directory);
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** The folder is ours alone from now on: nobody else can even hold the lock. */
  private static DirectoryLock lock(Path dir) throws IOException {
    try (TrustedFolder folder = TrustedFolder.make(dir, TrustedFolder.PRIVATE).keepPrivate()) {
      return DirectoryLock.take(folder, dir);
    }
  }

  private static Journal open(Path dir, JournalOptions options, DirectoryLock directory)
      throws IOException {
    List<Path> old = JournalFiles.runs(dir);
    JournalRecovery recovery =
        JournalRecovery.read(JournalFiles.files(dir), directory.hadJournal());
    int number = old.isEmpty() ? 1 : JournalFiles.number(old.getLast()) + 1;
    Path run = JournalFiles.make(JournalFiles.run(dir, number));
    try {
      Spare spare = firstFile(run, options, recovery.state());
      Journal journal = new Journal(directory, options, recovery, run, spare);
      journal.begin(dir, run, old);
      return journal;
    } catch (InternalError e) {
      // The library's own small file is not allocated beforehand: a bus error.
      JournalFiles.delete(run);
      throw new IOException(run + ": no space for the files of a journal", e);
    } catch (IOException | RuntimeException e) {
      JournalFiles.delete(run);
      throw e;
    }
  }

  private static Spare firstFile(Path run, JournalOptions options, HeldState state)
      throws IOException {
    long block = ChronicleLog.block(options.cycleBytes());
    Spare spare = new Spare(run, block, options.keepFree());
    long room = JournalLog.firstRoom(state, options.cycleBytes());
    int result = spare.prepare(1, room);
    if (result != 0) {
      String why = result == -Errno.ENOSPC ? "no space for" : "cannot make";
      throw new IOException(run + ": " + why + " a file of " + spare.length(room) + " bytes");
    }
    return spare;
  }

  /** Once the first file is on the disk, what was before is not needed. */
  private void begin(Path dir, Path run, List<Path> old) throws IOException {
    try (Forcer forcer = new Forcer()) {
      int result = log.begin(old.isEmpty() ? Checkpoint.NEW : Checkpoint.RECOVERY, loss.records());
      result = result == 0 ? ledger.ownerDied() : result;
      result = result == 0 ? log.begun() : result;
      if (result != 0) {
        throw new IOException(run + ": cannot be written");
      }
      forcer.force(log.file());
      JournalFiles.force(dir);
      for (Path each : old) {
        JournalFiles.delete(each);
      }
    } catch (IOException e) {
      log.close();
      throw e;
    }
    directory.begun();
    recovered = state.all().stream().map(HeldSession::restored).toList();
    janitor.start();
  }

  /**
   * The sessions that can be resumed, as they were when the journal was opened: with the
   * completions that were not acknowledged, among them those of calls that were in flight when the
   * server died, as −EOWNERDEAD.
   */
  public List<Restored> recovered() {
    return recovered;
  }

  /** What was lost, as it was found when the journal was opened. */
  public Loss loss() {
    return loss;
  }

  /** A writer for one poller. Any thread. */
  public synchronized Writer writer() {
    Writer writer = new Writer(lock, ledger, log, options.durability());
    writers.add(writer);
    return writer;
  }

  /** What keeps it from taking new calls, in a few words; null if nothing does. Any thread. */
  public @Nullable String trouble() {
    String failure = log.failure();
    return failure != null
        ? "the journal cannot be written: " + failure
        : log.isFull() ? "the journal is full" : null;
  }

  /** What the journal holds now. Any thread. */
  public JournalStats stats() {
    lock.lock();
    try {
      return new JournalStats(
          state.sessions(),
          state.calls(),
          state.completions(),
          log.records(),
          log.cycle(),
          log.position(),
          log.limit(),
          ledger.refused(),
          log.hasFailed());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Puts everything on the disk and closes the files. No writer is used any more. What is in flight
   * is recovered as with a crash.
   */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    janitor.close();
    try {
      for (Writer writer : writers) {
        writer.close();
      }
    } finally {
      log.close();
      directory.close();
    }
  }
}
