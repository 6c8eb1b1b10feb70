package io.syslet.server.journal;

import io.syslet.server.session.Completions;
import org.jspecify.annotations.Nullable;

/** Makes the state that records say. One thread. */
final class Replay {
  private final HeldState state = new HeldState();
  private boolean whole;

  /** The state so far. */
  HeldState state() {
    return state;
  }

  /** Whether the checkpoint that the file begins with was whole. */
  boolean isWhole() {
    return whole;
  }

  /** Takes the next record. One that does not fit what was before changes nothing. */
  void apply(RecordView record) {
    switch (record.kind()) {
      case CHECKPOINT -> whole = false;
      case CHECKPOINT_END -> whole = true;
      case OPENED -> opened(new HeldSession(record.word(0), record.token(), record.peer()));
      default -> apply(record, state.find(record.word(0)));
    }
  }

  private void opened(HeldSession session) {
    if (state.find(session.id()) == null) {
      state.opened(session);
    }
  }

  private void apply(RecordView record, @Nullable HeldSession session) {
    if (session == null) {
      return;
    }
    switch (record.kind()) {
      case BEGAN -> began(session, record.word(1), record.word(2), record.word(3));
      case ENDED_INLINE -> ended(session, record.word(1));
      case COMPLETED -> completed(session, record);
      case ACKNOWLEDGED -> acknowledged(session, record.word(1));
      case CLOSED -> state.closed(session);
      case HELD_FROM -> session.completions().startAt(record.word(1));
      case HELD_COMPLETIONS -> heldCompletions(session, record);
      case HELD_CALLS -> heldCalls(session, record);
      default -> throw new AssertionError(record.kind());
    }
  }

  private void began(HeldSession session, long call, long callerData, long nr) {
    if (!session.calls().contains(call)) {
      state.began(session, call, callerData, nr);
    }
  }

  private void ended(HeldSession session, long call) {
    if (session.calls().contains(call)) {
      state.ended(session, call);
    }
  }

  private void completed(HeldSession session, RecordView record) {
    if (record.word(4) == session.completions().next()) {
      ended(session, record.word(1));
      state.completion(session, record.word(2), record.word(3));
    }
  }

  private void acknowledged(HeldSession session, long position) {
    Completions held = session.completions();
    if (position >= held.first() && position <= held.next()) {
      state.acknowledged(session, position);
    }
  }

  private void heldCompletions(HeldSession session, RecordView record) {
    for (int i = 2; i + 1 < record.words(); i += 2) {
      state.completion(session, record.word(i), record.word(i + 1));
    }
  }

  private void heldCalls(HeldSession session, RecordView record) {
    for (int i = 1; i + 2 < record.words(); i += 3) {
      began(session, record.word(i), record.word(i + 1), record.word(i + 2));
    }
  }
}
