package io.syslet.server.session;

import io.syslet.linux.LinuxKernel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All sessions of a server, and the pollers that serve them. Any thread may call any method. */
public final class Sessions implements AutoCloseable {
  private Sessions() {}

  /**
   * Opens the root and starts the pollers.
   *
   * @param kernel makes the calls; must outlive this, and allow {@link Limits#workers} workers.
   * @throws java.io.IOException if the root is no folder that can be opened.
   */
  public static Sessions start(LinuxKernel kernel, SessionOptions options)
      throws java.io.IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Opens a session, or goes on with one.
   *
   * @param token null for a new session, else that of the one to be resumed. A client that is still
   *     connected loses it to the one that resumes.
   * @param consumed how many completions the client has consumed; 0 for a new session.
   * @return the session and its port; or −EMFILE: too many sessions; −ESTALE: no session has that
   *     token; −EPERM: it is another peer's; −ERANGE: it has not posted so many completions, or has
   *     forgotten the first of them because they were acknowledged; −ENOMEM: no port could be made;
   *     −ESHUTDOWN: the server ends; −ENOSPC, −EIO: the log.
   */
  public Opened open(Peer peer, byte @Nullable [] token, long consumed, PortFactory ports) {
    throw new UnsupportedOperationException();
  }

  /** There may be work: the client rang. */
  public void bell(Session session) {
    throw new UnsupportedOperationException();
  }

  /**
   * The connection with that port broke. Calls in flight go on; their completions are kept until
   * the client resumes, or the time for that is over. Does nothing if it has resumed already.
   */
  public void gone(Session session, Port port) {
    throw new UnsupportedOperationException();
  }

  /** The client says goodbye: the session is over, and forgotten. */
  public void end(Session session) {
    throw new UnsupportedOperationException();
  }

  /** The sessions of this moment. */
  public List<SessionView> views() {
    throw new UnsupportedOperationException();
  }

  /** The calls in flight of this moment. */
  public List<CallView> calls() {
    throw new UnsupportedOperationException();
  }

  /**
   * Ends in an orderly way: new calls and sessions are −ESHUTDOWN, calls in flight are waited for,
   * and those that have not ended by then completed with −ECANCELED. The answers are flushed to the
   * ports. Afterwards only {@link #close} is left.
   */
  public void drain(Duration patience) {
    throw new UnsupportedOperationException();
  }

  /** Ends all sessions and the pollers, without waiting for calls in flight. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
