package io.syslet.server.session;

import io.syslet.Errno;
import io.syslet.client.wire.Wire;
import io.syslet.linux.LinuxKernel;
import io.syslet.server.guard.Complaints;
import io.syslet.server.guard.Quota;
import io.syslet.server.policy.DescriptorTable;
import io.syslet.server.policy.Limits;
import io.syslet.server.policy.ServedRoot;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** All sessions of a server, and the pollers that serve them. Any thread may call any method. */
public final class Sessions implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Sessions.class.getName());

  /** Instead of a count: the client goes on with the port that it has, which counts by itself. */
  public static final long AS_THE_PORT_COUNTS = Long.MIN_VALUE;

  private static final long[] NONE = new long[0];

  private final SessionOptions options;
  private final ServedRoot root;
  private final Quota places;
  private final Quota descriptors;
  private final Quota inFlight;
  private final SessionIndex index;
  private final PollerGroup pollers;
  private final SecureRandom random = new SecureRandom();
  private final AtomicLong ids = new AtomicLong();
  private long connections;
  private boolean isClosed;
  private volatile boolean isClosing;

  private Sessions(LinuxKernel kernel, SessionOptions options, ServedRoot root) {
    this.options = options;
    this.root = root;
    Limits limits = options.limits();
    this.places = new Quota(limits.sessions(), limits.peerPercent());
    this.descriptors = new Quota(limits.totalDescriptors(), limits.peerPercent());
    this.inFlight = new Quota(limits.totalInFlight(), limits.peerPercent());
    this.index = new SessionIndex(places);
    this.pollers = new PollerGroup(kernel, options, index::remove);
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
      sessions.restore(restored);
    }
    sessions.pollers.start(kernel);
    return sessions;
  }

  private void restore(Restored old) {
    ids.accumulateAndGet(old.id(), Math::max);
    Outbox outbox = new Outbox(old.position(), old.callerData(), old.statuses());
    places.of(old.peer().identity()).adopt(1);
    add(newSession(old.id(), old.token(), old.peer(), outbox));
  }

  // ---- opening

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
   *     −EINVAL: the port has no room for what was not consumed; −ESHUTDOWN: the server ends;
   *     −ENOSPC, −EIO: the log.
   */
  public synchronized Opened open(
      Peer peer, byte @Nullable [] token, long consumed, PortFactory ports) {
    if (isClosing) {
      return Opened.refused(-Errno.ESHUTDOWN);
    }
    return token == null ? openNew(peer, ports) : resume(peer, token, consumed, ports);
  }

  private Opened openNew(Peer peer, PortFactory ports) {
    Quota.Share place = places.of(peer.identity());
    if (!place.take(1)) {
      return Opened.refused(-Errno.EMFILE);
    }
    Opened opened = openWithPlace(peer, ports);
    if (!opened.isOpen()) {
      place.give(1);
    }
    return opened;
  }

  private Opened openWithPlace(Peer peer, PortFactory ports) {
    byte[] token = new byte[Wire.TOKEN_LENGTH];
    random.nextBytes(token);
    long id = ids.incrementAndGet();
    Session session = newSession(id, token, peer, new Outbox(0, NONE, NONE));
    Port port = make(ports, session, 0, null);
    if (port == null) {
      return Opened.refused(-Errno.ENOMEM);
    }
    int error = pollers.log(id).opened(id, token.clone(), peer);
    if (error < 0) {
      port.close();
      return Opened.refused(error);
    }
    add(session);
    return connect(session, port, 0, false);
  }

  private Opened resume(Peer peer, byte[] token, long told, PortFactory ports) {
    Session session = index.find(token);
    if (session == null) {
      return Opened.refused(-Errno.ESTALE);
    }
    if (!session.peer().isSameAs(peer)) {
      Complaints.log(
          LOG,
          Level.WARNING,
          peer.identity(),
          "session {0} is asked for by another: {1}",
          Long.toString(session.id()),
          peer);
      return Opened.refused(-Errno.EPERM);
    }
    Delivery delivery = session.delivery();
    long consumed = told == AS_THE_PORT_COUNTS ? delivery.consumed() : told;
    if (told != AS_THE_PORT_COUNTS && !delivery.has(consumed)) {
      return Opened.refused(-Errno.ERANGE);
    }
    Port previous = session.arrivals().newestPort();
    Port port = make(ports, session, consumed, previous);
    if (port == null) {
      return Opened.refused(-Errno.ENOMEM);
    }
    if (port.capacity() < delivery.posted() - consumed) {
      if (port != previous) {
        port.close();
      }
      return Opened.refused(-Errno.EINVAL);
    }
    return connect(session, port, consumed, true);
  }

  private static @Nullable Port make(
      PortFactory ports, Session session, long consumed, @Nullable Port previous) {
    try {
      return ports.make(session, consumed, previous);
    } catch (IOException e) {
      Complaints.log(
          LOG,
          Level.WARNING,
          session.peer().identity(),
          "no port for {0}: {1}",
          session.peer(),
          String.valueOf(e.getMessage()));
      return null;
    }
  }

  private Opened connect(Session session, Port port, long consumed, boolean resumed) {
    boolean isNew = port != session.arrivals().newestPort();
    long connection = ++connections;
    if (!session.arrivals().arrive(port, connection)) {
      if (isNew) {
        port.close();
      }
      return Opened.refused(-Errno.ESTALE);
    }
    pollers
        .of(session.id())
        .tell(service -> service.attach(session, port, consumed, connection, isNew));
    return new Opened(0, session, port, connection, resumed);
  }

  private Session newSession(long id, byte[] token, Peer peer, Outbox outbox) {
    TokenBucket bucket = new TokenBucket(options.limits().callsPerSecond(), System.nanoTime());
    Service service = pollers.of(id).service();
    DescriptorTable table = service.newTable(descriptors.of(peer.identity()));
    Quota.Share calls = inFlight.of(peer.identity());
    return new Session(id, token, peer, root, service.log(), outbox, bucket, table, calls);
  }

  private void add(Session session) {
    index.add(session);
    pollers.of(session.id()).tell(service -> service.add(session));
  }

  // ---- connections

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

  // ---- figures

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

  /** The served folder's true path. */
  public String rootPath() {
    return root.toString();
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
    isClosing = true;
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
    isClosing = true;
    isClosed = true;
    boolean ended = pollers.stop();
    index.clear();
    if (ended) {
      root.close();
    }
  }
}
