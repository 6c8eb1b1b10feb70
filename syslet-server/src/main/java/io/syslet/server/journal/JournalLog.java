package io.syslet.server.journal;

import io.syslet.Errno;
import java.io.Closeable;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files of a run: appends, and begins a new file when one is full. Every method is called with
 * the journal's lock held, unless it says otherwise.
 *
 * <p>A file is given all its blocks before it is begun. In it, room is pledged to what must not
 * fail later: the end of each call in flight, and of each session. A call is accepted only if there
 * is room for its beginning and for its end, so a full disk refuses what is new and loses nothing
 * accepted.
 *
 * <pre>
 *   | library | checkpoint | records ...      | free | pledged | slack
 *   0                                    position           limit
 * </pre>
 */
final class JournalLog implements Closeable {
  /** Bytes of a file that are pledged to the end of each call in flight. */
  static final int CALL_END = Checkpoint.framed(5);

  /** Bytes of a file that are pledged to the end of each session. */
  static final int SESSION_END = Checkpoint.framed(1);

  private static final System.Logger LOGGER = System.getLogger("io.syslet.server.journal");
  private static final long RETRY_NS = 10_000_000;
  private static final String NO_NEXT_FILE = "its next file cannot be made";

  private final int run;
  private final long cycleBytes;
  private final HeldState state;
  private final ChronicleLog log;
  private final Spare spare;
  private final RecordWriter record;
  private final Checkpoint checkpoint;
  private Runnable rolled = () -> {};
  private long records;
  private long limit;
  private long refusedUntil;
  private volatile boolean refused;
  private volatile @Nullable String failure;

  /**
   * Opens a run.
   *
   * @param folder of the run, with its first file prepared.
   * @param spare of that folder.
   * @param records number of the last record of the run before.
   */
  JournalLog(Path folder, JournalOptions options, HeldState state, Spare spare, long records) {
    this.state = state;
    this.spare = spare;
    cycleBytes = options.cycleBytes();
    run = JournalFiles.number(folder);
    log = new ChronicleLog(folder, ChronicleLog.block(cycleBytes));
    record = new RecordWriter(log.record());
    checkpoint = new Checkpoint(state, record, this::append);
    this.records = records;
  }

  /** Bytes that a first file needs for a state whose calls in flight are all completed at once. */
  static long firstRoom(HeldState state, long cycleBytes) {
    return ChronicleLog.OVERHEAD
        + Checkpoint.bytes(state)
        + (long) state.calls() * CALL_END
        + pledged(state)
        + cycleBytes;
  }

  private static long pledged(HeldState state) {
    return (long) state.calls() * CALL_END + (long) state.sessions() * SESSION_END;
  }

  /** Bytes that the next file should have room for, as things are. */
  long nextRoom() {
    return ChronicleLog.OVERHEAD + Checkpoint.bytes(state) + pledged(state) + cycleBytes;
  }

  /** Bytes that the next file must have room for, beside a record. */
  private long leastRoom() {
    return nextRoom() - cycleBytes;
  }

  /** Whether new calls are refused, as there is no room for the next file. Any thread. */
  boolean isFull() {
    return refused;
  }

  /** The next file has been made ready: whether that ends {@link #isFull}. */
  void lookForRoom() {
    refused &= spare.room(log.cycle() + 1) < leastRoom() + ChronicleLog.MAX_RECORD;
  }

  /** What is run whenever a new file was begun. */
  void onRoll(Runnable then) {
    rolled = then;
  }

  /** Writes the state into the first file: 0 or −EIO. It counts after {@link #begun}. */
  int begin(int reason, long lost) {
    limit = spare.room(log.cycle());
    long length = spare.length(limit);
    spare.taken(log.cycle());
    return checkpoint.begin(reason, run, length, lost);
  }

  /** Ends what {@link #begin} began: 0 or −EIO. */
  int begun() {
    return checkpoint.end();
  }

  /** Sees to it that there is room for a record, in a new file if need be: 0, −ENOSPC or −EIO. */
  int room(int bytes) {
    if (failure != null) {
      return -Errno.EIO;
    }
    return log.position() + pledged(state) + bytes <= limit ? 0 : roll(bytes);
  }

  private int roll(int bytes) {
    if (refused && System.nanoTime() - refusedUntil < 0) {
      return -Errno.ENOSPC;
    }
    int next = log.cycle() + 1;
    long least = leastRoom() + bytes;
    int result =
        spare.room(next) < least + cycleBytes / 2 ? spare.prepare(next, least + cycleBytes) : 0;
    long room = spare.room(next);
    refused = room < least;
    if (!refused) {
      return roll(next, room);
    }
    refusedUntil = System.nanoTime() + RETRY_NS;
    return result == -Errno.EIO ? fail(NO_NEXT_FILE) : -Errno.ENOSPC;
  }

  private int roll(int next, long room) {
    spare.taken(next);
    log.roll(next);
    limit = room;
    int result = checkpoint.begin(Checkpoint.ROLL, run, spare.length(room), 0);
    result = result == 0 ? checkpoint.end() : result;
    if (result == 0) {
      rolled.run();
    }
    return result;
  }

  /** Where the next record is made. */
  RecordWriter record() {
    return record;
  }

  /** How a session is written down. */
  Checkpoint checkpoint() {
    return checkpoint;
  }

  /** Appends the record: 0 or −EIO. There is room for it. */
  int append() {
    if (failure != null) {
      return -Errno.EIO;
    }
    try {
      log.append(record.end(records + 1));
      records++;
      return 0;
    } catch (InternalError e) {
      return fail("its file was cut");
    } catch (Throwable e) {
      return fail(reason(e));
    }
  }

  private static String reason(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.toString() : message;
  }

  /** From now on nothing is written any more: −EIO. Any thread. */
  int fail(String why) {
    if (failure == null) {
      failure = why;
      LOGGER.log(Level.ERROR, "the journal cannot be written any more: {0}", why);
    }
    return -Errno.EIO;
  }

  /** Whether nothing is written any more. Any thread. */
  boolean hasFailed() {
    return failure != null;
  }

  /** Why nothing is written any more; null if it is. Any thread. */
  @Nullable String failure() {
    return failure;
  }

  /** Bytes that the file was given. */
  long length() {
    return spare.length(limit);
  }

  /** Number of the last record. */
  long records() {
    return records;
  }

  /** Number of the file that is written. Any thread. */
  int cycle() {
    return log.cycle();
  }

  /** The file that is written. Any thread. */
  Path file() {
    return log.file();
  }

  /** Bytes of the file in use. */
  long position() {
    return log.position();
  }

  /** Bytes of the file that may be used. */
  long limit() {
    return limit;
  }

  @Override
  public void close() {
    log.close();
  }
}
