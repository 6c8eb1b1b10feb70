package io.syslet.server.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;

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
  private static final Logger LOG = System.getLogger(Roster.class.getName());

  private final Sessions sessions;
  private final SessionLog log;
  private final long patience;
  private final ArrayList<Session> all = new ArrayList<>();
  private final ArrayList<Session> active = new ArrayList<>();
  private final ArrayList<Session> gone = new ArrayList<>();
  private final Ends ends;

  /**
   * @param patience how long a session waits for a client that went, nanoseconds.
   */
  Roster(Sessions sessions, SessionLog log, long patience, ClientCallPool pool, HostCloser closer) {
    this.sessions = sessions;
    this.log = log;
    this.patience = patience;
    this.ends = new Ends(pool, closer, this);
  }

  Ends ends() {
    return ends;
  }

  /** How many sessions are to be polled. */
  int active() {
    return active.size();
  }

  Session active(int i) {
    return active.get(i);
  }

  /** Whether some wait for their client. */
  boolean hasGone() {
    return !gone.isEmpty();
  }

  /** The session is to be polled. */
  void activate(Session session) {
    if (!session.isActive && !session.isOver() && session.isConnected) {
      session.isActive = true;
      session.lastWork = System.nanoTime();
      active.add(session);
    }
  }

  /** The session at {@code i} is not to be polled any more; another one takes its place. */
  void deactivate(int i) {
    active.get(i).isActive = false;
    active.set(i, active.getLast());
    active.removeLast();
  }

  /** A client rang. */
  void rang(Session session) {
    session.isRung.set(false);
    session.bells.add(1);
    activate(session);
  }

  /** A new session, or one of a server before; it has no client yet. */
  void add(Session session) {
    all.add(session);
    leave(session);
  }

  private void leave(Session session) {
    session.goneAt = System.nanoTime();
    gone.add(session);
  }

  /** A client opened or resumed a session. */
  void attach(Session session, Port port, long consumed, long connection, boolean isNew) {
    if (session.isOver()) {
      if (isNew) {
        port.close();
      }
      return;
    }
    session.attached = connection;
    gone.remove(session);
    if (isNew) {
      session.outbox.rewind(consumed);
      session.isHeld = false;
    }
    session.attach(port);
    session.isConnected = true;
    ends.deliver(session, null);
    activate(session);
  }

  /** A connection broke. */
  void gone(Session session, long connection) {
    if (session.connection == connection && session.isConnected) {
      session.noteConsumed(true);
      session.isConnected = false;
      leave(session);
    }
  }

  /** Ends the sessions that have waited too long. */
  void lookForThoseGone(long now) {
    for (int i = gone.size() - 1; i >= 0; i--) {
      Session session = gone.get(i);
      if (now - session.goneAt > patience && session.forgetUnlessAwaited()) {
        end(session);
      }
    }
  }

  /** Something of the session's does not work. */
  void fail(Session session, Throwable e) {
    LOG.log(Level.ERROR, "session " + session.id() + " is ended", e);
    end(session);
  }

  /** The session is over. */
  void end(Session session) {
    if (session.isOver()) {
      return;
    }
    session.forget();
    sessions.forget(session);
    all.remove(session);
    gone.remove(session);
    ends.forget(session);
    session.end();
    var _ = log.closed(session.id());
    ends.wrote();
  }

  /** The poller ends: the sessions stay in the log, to be resumed. */
  void endAll() {
    for (Session session : all) {
      session.noteConsumed(true);
      ends.forget(session);
      session.end();
    }
    all.clear();
    var _ = log.sync();
  }
}
