package io.syslet.server.journal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the journal holds: the state that its records make, the same while they are written and
 * while they are read again. One thread at a time.
 */
final class HeldState {
  private final LongIndex index = new LongIndex();
  private final List<HeldSession> sessions = new ArrayList<>();
  private int calls;
  private int completions;

  /** How many sessions there are. */
  int sessions() {
    return sessions.size();
  }

  /** Calls in flight, of all sessions. */
  int calls() {
    return calls;
  }

  /** Completions not acknowledged, of all sessions. */
  int completions() {
    return completions;
  }

  /** All sessions, in no order that means anything. The list itself, to be read only. */
  List<HeldSession> all() {
    return sessions;
  }

  /** A session, or null. */
  @Nullable HeldSession find(long session) {
    int place = index.get(session);
    return place < 0 ? null : sessions.get(place);
  }

  /** Adds a session; there is none of its number. */
  void opened(HeldSession session) {
    index.put(session.id(), sessions.size());
    sessions.add(session);
  }

  /** A call is in flight; it was not. */
  void began(HeldSession session, long call, long callerData, long nr) {
    session.calls().add(call, callerData, nr);
    calls++;
  }

  /** A call is no longer in flight; it was. */
  void ended(HeldSession session, long call) {
    session.calls().remove(call);
    calls--;
  }

  /** A completion at the session's next position. */
  void completion(HeldSession session, long callerData, long status) {
    session.completions().add(callerData, status);
    completions++;
  }

  /** Forgets the completions before a position, which is one of those that there are. */
  void acknowledged(HeldSession session, long position) {
    int before = session.completions().size();
    session.completions().forgetBefore(position);
    completions -= before - session.completions().size();
  }

  /** Forgets a session and all it held; the last takes its place. */
  void closed(HeldSession session) {
    calls -= session.calls().size();
    completions -= session.completions().size();
    int place = index.remove(session.id());
    HeldSession last = sessions.removeLast();
    if (last != session) {
      sessions.set(place, last);
      index.put(last.id(), place);
    }
  }
}
