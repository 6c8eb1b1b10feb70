package io.syslet.server.session;

import io.syslet.linux.LinuxKernel;
import io.syslet.server.guard.PeerComplaints;
import io.syslet.server.policy.Limits;
import io.syslet.server.policy.ServedRoot;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All sessions of a server, and the pollers that serve them. Any thread may call any method. */
public final class Sessions implements AutoCloseable {
  /** Instead of a count: the client goes on with the port that it has, which counts by itself. */
  public static final long AS_THE_PORT_COUNTS = Long.MIN_VALUE;

  private final ServedRoot root;
  private final SessionIndex index;
  private final PollerGroup pollers;
  private final SessionOpener opener;
  private final boolean takesDescriptors;
  private final PeerComplaints complaints = new PeerComplaints();
  private boolean isClosed;

  private Sessions(LinuxKernel kernel, SessionOptions options, ServedRoot root) {
    this.root = root;
    this.takesDescriptors = options.takesDescriptors();
    this.index = new SessionIndex(options.limits());
    this.pollers = new PollerGroup(kernel, options, index::remove);
    this.opener = new SessionOpener(options, root, index, pollers, complaints);
  }

  /**
   * Opens the root and starts the pollers.
   *
   * @param kernel makes the calls; must outlive this, and allow {@link Limits#workers} workers.
   * @throws IOException if the root is no folder that can be opened.
   */
  public static Sessions start(LinuxKernel kernel, SessionOptions options) throws IOException {
    Sessions sessions = new Sessions(kernel, options, ServedRoot.open(kernel, options.root()));
    for (Restored restored : options.restored()) {
      sessions.opener.restore(restored);
    }
    sessions.pollers.start(kernel);
    return sessions;
  }

  // ---- connections

  /**
   * Opens a session, or goes on with one.
   *
   * @param token null for a new session, else that of the one to be resumed. A client that is still
   *     connected loses it to the one that resumes.
   * @param consumed how many completions the client has consumed; 0 for a new session; {@link
   *     #AS_THE_PORT_COUNTS} if it goes on with the port that it has, and may be consuming now.
   * @return the session and its port; or −EMFILE: too many sessions; −ESTALE: no session has that
   *     token; −EPERM: it is another peer's; −ERANGE: it has not posted so many completions, or has
   *     forgotten the first of them since they were consumed; −ENOMEM: no port could be made;
   *     −EINVAL: the port has no room for what was not consumed and for what is in flight;
   *     −ESHUTDOWN: the server ends; −ENOSPC, −EIO: the log.
   */
  public Opened open(Peer peer, byte @Nullable [] token, long consumed, PortFactory ports) {
    return opener.open(peer, token, consumed, ports);
  }

  /** There may be work: the client rang. */
  public void bell(Session session) {
    if (session.arrivals().ring()) {
      pollers.of(session.id()).tell(service -> service.rang(session));
    }
  }

  /**
   * A connection broke. Calls in flight go on; their completions are kept until the client resumes,
   * or the time for that is over. Does nothing if the session has another connection already.
   */
  public void gone(Opened opened) {
    Session session = opened.openSession();
    pollers.of(session.id()).tell(service -> service.gone(session, opened.connection()));
  }

  /** The client says goodbye: the session is over, and forgotten. */
  public void end(Session session) {
    pollers.of(session.id()).tell(service -> service.end(session));
  }

  /** Whether local clients may pass descriptors of theirs. */
  public boolean takesDescriptors() {
    return takesDescriptors;
  }

  // ---- figures

  /** Why not all sessions are served; null if they are. */
  public @Nullable String trouble() {
    return pollers.hasLost() ? "a poller has ended" : null;
  }

  /** The sessions of this moment. */
  public List<SessionView> views() {
    return index.views();
  }

  /** What calls there were in all sessions, those that are over included. */
  public CallTotals totals() {
    return index.totals();
  }

  /** The calls in flight of this moment. */
  public List<CallView> calls() {
    return pollers.calls();
  }

  /** Calls of all sessions that are in flight. */
  public long inFlight() {
    return pollers.inFlight();
  }

  /**
   * How long calls that blocked kept their poller, from the host call to −ESYSLETPENDING: how many
   * took less than 2^i nanoseconds, and at least half of that.
   */
  public long[] handOvers() {
    return pollers.handOvers().counts();
  }

  /** The sum of the times that {@link #handOvers} counts, nanoseconds. */
  public long handOverNanos() {
    return pollers.handOvers().sum();
  }

  /** What is logged because of the server's peers. */
  public PeerComplaints complaints() {
    return complaints;
  }

  /** The served folder's true path. */
  public String rootPath() {
    return root.toString();
  }

  /**
   * Waits until each poller has begun another round.
   *
   * @return whether all have, in that time.
   * @throws InterruptedException if the waiting thread is interrupted.
   */
  public boolean goRound(Duration patience) throws InterruptedException {
    return pollers.goRound(patience);
  }

  // ---- the end

  /**
   * Ends in an orderly way: new calls and sessions are −ESHUTDOWN, calls in flight are waited for,
   * and those that have not ended by then completed with −ECANCELED. The answers are flushed to the
   * ports. Afterwards only {@link #close} is left.
   *
   * @throws InterruptedException if the waiting thread is interrupted.
   */
  public void drain(Duration patience) throws InterruptedException {
    opener.stop();
    pollers.drain(patience);
  }

  /**
   * Ends the pollers, without waiting for calls in flight. Sessions that have not been ended stay
   * in the log. A second close does nothing.
   */
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    opener.stop();
    boolean ended = pollers.stop();
    index.clear();
    if (ended) {
      root.close();
    }
  }
}
