package io.syslet.server.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a poller, as they come and go.
 *
 * <pre>
 *             attach                 quiet: Port.idle
 *   new -----------------> active --------------------> quiet
 *    |                      ^   &lt;--------------------     |
 *    |               attach |          bell               |
 *    |                      |                             |
 *    '--------------------> gone &lt;--------- connection broke
 *                            |
 *                            '--- waited too long, or goodbye: over
 * </pre>
 *
 * Only the active ones are polled; the others cost nothing. The poller's alone.
 */
final class Roster {
  private final long patience;
  private final ArrayList<Session> all = new ArrayList<>();
  private final ArrayList<Session> active = new ArrayList<>();
  private final ArrayList<Session> gone = new ArrayList<>();

  /**
   * @param patience how long a session waits for a client that went, nanoseconds.
   */
  Roster(long patience) {
    this.patience = patience;
  }

  /** A new session, or one of a server before; it has no client yet. */
  void add(Session session) {
    all.add(session);
    leave(session);
  }

  /** The session has no client any more. */
  void leave(Session session) {
    session.beginToWait(System.nanoTime());
    gone.add(session);
  }

  /** The session has a client. */
  void comeBack(Session session) {
    gone.remove(session);
  }

  /** The session is over. */
  void remove(Session session) {
    all.remove(session);
    gone.remove(session);
  }

  /** Takes all sessions out. */
  List<Session> takeAll() {
    List<Session> taken = List.copyOf(all);
    all.clear();
    return taken;
  }

  /** How many sessions are to be polled. */
  int active() {
    return active.size();
  }

  Session active(int i) {
    return active.get(i);
  }

  /** The session is to be polled. */
  void activate(Session session) {
    if (session.activate(System.nanoTime())) {
      active.add(session);
    }
  }

  /** The session at {@code i} is not to be polled any more; another one takes its place. */
  void deactivate(int i) {
    active.get(i).deactivate();
    active.set(i, active.getLast());
    active.removeLast();
  }

  /** Whether some wait for their client. */
  boolean hasGone() {
    return !gone.isEmpty();
  }

  /** A session that has waited too long for its client; null if none has. */
  @Nullable Session forsaken(long now) {
    for (Session session : gone) {
      if (session.isForsaken(now, patience)) {
        return session;
      }
    }
    return null;
  }
}
