package io.syslet.server.journal;

import io.syslet.Errno;
import io.syslet.server.session.Peer;
import io.syslet.server.session.TokenHash;
import org.jspecify.annotations.Nullable;

/**
 * What may be written down, and what it changes: first the record, then the state. Every method is
 * called with the journal's lock held, and returns 0 or −errno, which changed nothing.
 */
final class HeldLedger {
  private final HeldState state;
  private final JournalLog log;
  private final int maxSessions;
  private final int maxCalls;
  private long refused;

  HeldLedger(HeldState state, JournalLog log, JournalOptions options) {
    this.state = state;
    this.log = log;
    maxSessions = options.maxSessions();
    maxCalls = options.maxCalls();
  }

  /** What is refused is counted. */
  private int room(boolean within, int bytes) {
    int result = within ? log.room(bytes) : -Errno.ENOSPC;
    refused += result == 0 ? 0 : 1;
    return result;
  }

  /** How often there was no room. */
  long refused() {
    return refused;
  }

  int opened(long session, TokenHash token, Peer peer) {
    HeldSession opened = new HeldSession(session, token, peer);
    if (opened.textLength() > RecordLayout.MAX_TEXT) {
      return -Errno.E2BIG;
    }
    if (state.find(session) != null) {
      return -Errno.EEXIST;
    }
    int bytes = Checkpoint.opened(opened.textLength()) + JournalLog.SESSION_END;
    int result = room(state.sessions() < maxSessions, bytes);
    result = result == 0 ? log.checkpoint().opened(opened) : result;
    if (result == 0) {
      state.opened(opened);
    }
    return result;
  }

  int began(long session, long call, long callerData, long nr) {
    HeldSession held = state.find(session);
    if (held == null) {
      return -Errno.ESTALE;
    }
    if (held.calls().contains(call)) {
      return -Errno.EEXIST;
    }
    int bytes = Checkpoint.framed(4) + JournalLog.CALL_END;
    int result = room(state.calls() + state.completions() < maxCalls, bytes);
    if (result != 0) {
      return result;
    }
    log.record().begin(RecordKind.BEGAN).word(session).word(call).word(callerData).word(nr);
    result = log.append();
    if (result == 0) {
      state.began(held, call, callerData, nr);
    }
    return result;
  }

  int endedInline(long session, long call, long status) {
    HeldSession held = state.find(session);
    int result = mayEnd(held, call);
    if (held == null || result != 0) {
      return result;
    }
    log.record().begin(RecordKind.ENDED_INLINE).word(session).word(call).word(status);
    result = log.append();
    if (result == 0) {
      state.ended(held, call);
    }
    return result;
  }

  int completed(long session, long call, long status) {
    HeldSession held = state.find(session);
    int result = mayEnd(held, call);
    if (held == null || result != 0) {
      return result;
    }
    long callerData = held.calls().callerData(call);
    log.record()
        .begin(RecordKind.COMPLETED)
        .word(session)
        .word(call)
        .word(callerData)
        .word(status)
        .word(held.completions().next());
    result = log.append();
    if (result == 0) {
      state.ended(held, call);
      state.completion(held, callerData, status);
    }
    return result;
  }

  /** There is room for the end of what has begun, by pledge. */
  private int mayEnd(@Nullable HeldSession held, long call) {
    if (log.hasFailed()) {
      return -Errno.EIO;
    }
    if (held == null) {
      return -Errno.ESTALE;
    }
    return held.calls().contains(call) ? 0 : -Errno.ENOENT;
  }

  int acknowledged(long session, long position) {
    HeldSession held = state.find(session);
    if (held == null) {
      return -Errno.ESTALE;
    }
    if (position <= held.completions().first()) {
      return 0;
    }
    if (position > held.completions().next()) {
      return -Errno.EINVAL;
    }
    int result = log.room(Checkpoint.framed(2));
    if (result == 0) {
      log.record().begin(RecordKind.ACKNOWLEDGED).word(session).word(position);
      result = log.append();
    }
    // Without room it is not written, and the next checkpoint says it.
    state.acknowledged(held, position);
    return result == -Errno.ENOSPC ? 0 : result;
  }

  int closed(long session) {
    HeldSession held = state.find(session);
    if (held == null) {
      return -Errno.ESTALE;
    }
    if (log.hasFailed()) {
      return -Errno.EIO;
    }
    log.record().begin(RecordKind.CLOSED).word(session);
    int result = log.append();
    if (result == 0) {
      state.closed(held);
    }
    return result;
  }

  /** Completes all calls in flight: whoever made them is gone. */
  int ownerDied() {
    int result = 0;
    for (HeldSession session : state.all()) {
      for (long call : session.calls().inOrder()) {
        result = result == 0 ? completed(session.id(), call, -Errno.EOWNERDEAD) : result;
      }
    }
    return result;
  }
}
