package io.syslet.server.journal;

import io.syslet.Errno;
import io.syslet.server.session.Completions;
import java.util.function.IntSupplier;

/** Writes the whole state, as a file begins with it. One thread at a time. */
final class Checkpoint {
  /** The first file of a journal. */
  static final int NEW = 0;

  /** The file before was full. */
  static final int ROLL = 1;

  /** The journal was opened again. */
  static final int RECOVERY = 2;

  private static final int BEGIN_WORDS = 8;
  private static final int OPENED_WORDS = 9;

  private final HeldState state;
  private final RecordWriter record;
  private final IntSupplier append;

  /**
   * Of a state.
   *
   * @param record where each record is made.
   * @param append appends it: 0 or −errno.
   */
  Checkpoint(HeldState state, RecordWriter record, IntSupplier append) {
    this.state = state;
    this.record = record;
    this.append = append;
  }

  /** Bytes of a file that a record takes. */
  static int framed(int words) {
    return ChronicleLog.HEADER + RecordLayout.length(words);
  }

  /** Bytes of a file that OPENED takes, with a text of so many bytes. */
  static int opened(int text) {
    return framed(OPENED_WORDS + text / Long.BYTES + 1);
  }

  /** Bytes of a file that a checkpoint of the state takes at most. */
  static long bytes(HeldState state) {
    long total = (long) framed(BEGIN_WORDS) + framed(0);
    for (HeldSession session : state.all()) {
      total += opened(session.textLength()) + framed(2);
      total += chunks(session.completions().size(), 2, RecordLayout.COMPLETIONS_PER_RECORD);
      total += chunks(session.calls().size(), 3, RecordLayout.CALLS_PER_RECORD);
    }
    return total;
  }

  private static long chunks(long count, int words, int perRecord) {
    return count * words * Long.BYTES + (count + perRecord - 1) / perRecord * framed(2);
  }

  /** Writes all but the end: 0 or −errno. */
  int begin(int reason, int run, long fileBytes, long lost) {
    record
        .begin(RecordKind.CHECKPOINT)
        .word(reason)
        .word(run)
        .word(fileBytes)
        .word(System.currentTimeMillis())
        .word(state.sessions())
        .word(state.calls())
        .word(state.completions())
        .word(lost);
    int result = append.getAsInt();
    for (int i = 0; i < state.sessions() && result == 0; i++) {
      result = session(state.all().get(i));
    }
    return result;
  }

  /** Writes the end, with which it counts: 0 or −errno. */
  int end() {
    record.begin(RecordKind.CHECKPOINT_END);
    return append.getAsInt();
  }

  private int session(HeldSession session) {
    if (opened(session) != 0) {
      return -Errno.EIO;
    }
    record.begin(RecordKind.HELD_FROM).word(session.id()).word(session.completions().first());
    int result = append.getAsInt();
    result = result == 0 ? completions(session) : result;
    return result == 0 ? calls(session) : result;
  }

  /** Writes that a session was opened: 0 or −errno. */
  int opened(HeldSession session) {
    record
        .begin(RecordKind.OPENED)
        .word(session.id())
        .word(session.peer().uid())
        .word(session.peer().gid())
        .word(session.peer().pid())
        .bytes(session.token().bytes())
        .texts(session.kind(), session.name());
    return append.getAsInt();
  }

  private int completions(HeldSession session) {
    Completions held = session.completions();
    int result = 0;
    for (long p = held.first(); p < held.next() && result == 0; ) {
      record.begin(RecordKind.HELD_COMPLETIONS).word(session.id()).word(p);
      long end = Math.min(held.next(), p + RecordLayout.COMPLETIONS_PER_RECORD);
      for (; p < end; p++) {
        record.word(held.callerData(p)).word(held.status(p));
      }
      result = append.getAsInt();
    }
    return result;
  }

  private int calls(HeldSession session) {
    BegunCalls calls = session.calls();
    long[] order = calls.inOrder();
    int result = 0;
    for (int i = 0; i < order.length && result == 0; ) {
      record.begin(RecordKind.HELD_CALLS).word(session.id());
      int end = Math.min(order.length, i + RecordLayout.CALLS_PER_RECORD);
      for (; i < end; i++) {
        record.word(order[i]).word(calls.callerData(order[i])).word(calls.number(order[i]));
      }
      result = append.getAsInt();
    }
    return result;
  }
}
