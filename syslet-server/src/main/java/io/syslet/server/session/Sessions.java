package io.syslet.server.session;

import io.syslet.Errno;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** All sessions of a server, and the pollers that serve them. Any thread may call any method. */
public final class Sessions implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Sessions.class.getName());

  /** Instead of a count: the client goes on with the port that it has, which counts by itself. */
  public static final long AS_THE_PORT_COUNTS = Long.MIN_VALUE;

  private static final int TOKEN_LENGTH = 16;
  private static final long MORE_PATIENCE_NANOS = 1_000_000_000;
  private static final long[] NONE = new long[0];

  private final SessionOptions options;
  private final ServedRoot root;
  private final Quota descriptors;
  private final Quota places;
  private final Quota inFlight;
  private final Poller[] pollers;
  private final SessionLog[] logs;
  private final SecureRandom random = new SecureRandom();
  private final ConcurrentHashMap<Token, Session> byToken = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final AtomicReference<CallTotals> over = new AtomicReference<>(CallTotals.NONE);
  private long connections;
  private boolean isClosed;
  private volatile boolean isClosing;

  private Sessions(LinuxKernel kernel, SessionOptions options, ServedRoot root) {
    this.options = options;
    this.root = root;
    Limits limits = options.limits();
    this.descriptors = new Quota(limits.totalDescriptors(), limits.peerPercent());
    this.places = new Quota(limits.sessions(), limits.peerPercent());
    this.inFlight = new Quota(limits.totalInFlight(), limits.peerPercent());
    this.pollers = new Poller[options.pollers()];
    this.logs = new SessionLog[options.pollers()];
    int most = Math.max(limits.totalInFlight() / pollers.length, 1);
    int held = Math.max(Limits.HELD / pollers.length, 1);
    for (int i = 0; i < pollers.length; i++) {
      logs[i] = options.log().apply(i);
      pollers[i] = new Poller(this, kernel, options, logs[i], most, held);
    }
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
    for (Poller poller : sessions.pollers) {
      var _ = kernel.start(poller);
    }
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
    byte[] token = new byte[TOKEN_LENGTH];
    random.nextBytes(token);
    long id = ids.incrementAndGet();
    Session session = newSession(id, token, peer, new Outbox(0, NONE, NONE));
    Port port = make(ports, session, 0, null);
    if (port == null) {
      return Opened.refused(-Errno.ENOMEM);
    }
    int error = session.log.opened(id, token.clone(), peer);
    if (error < 0) {
      port.close();
      return Opened.refused(error);
    }
    add(session);
    return connect(session, port, 0, false);
  }

  private Opened resume(Peer peer, byte[] token, long told, PortFactory ports) {
    Session session = token.length == TOKEN_LENGTH ? byToken.get(Token.of(token)) : null;
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
    long consumed = told == AS_THE_PORT_COUNTS ? session.consumed.get() : told;
    if (told != AS_THE_PORT_COUNTS && !session.has(consumed)) {
      return Opened.refused(-Errno.ERANGE);
    }
    Port port = make(ports, session, consumed, session.newestPort);
    if (port == null) {
      return Opened.refused(-Errno.ENOMEM);
    }
    if (port.capacity() < session.posted.get() - consumed) {
      if (port != session.newestPort) {
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
    boolean isNew = port != session.newestPort;
    long connection = ++connections;
    if (!session.connect(port, connection)) {
      if (isNew) {
        port.close();
      }
      return Opened.refused(-Errno.ESTALE);
    }
    Roster roster = poller(session).service().roster();
    poller(session).tell(() -> roster.attach(session, port, consumed, connection, isNew));
    return new Opened(0, session, port, connection, resumed);
  }

  private Session newSession(long id, byte[] token, Peer peer, Outbox outbox) {
    int i = (int) (id % pollers.length);
    TokenBucket bucket = new TokenBucket(options.limits().callsPerSecond(), System.nanoTime());
    Service service = pollers[i].service();
    DescriptorTable table = service.newTable(descriptors.of(peer.identity()));
    return new Session(
        id, token, peer, root, logs[i], outbox, bucket, table, inFlight.of(peer.identity()));
  }

  private void add(Session session) {
    byToken.put(Token.of(session.token()), session);
    Roster roster = poller(session).service().roster();
    poller(session).tell(() -> roster.add(session));
  }

  private Poller poller(Session session) {
    return pollers[(int) (session.id() % pollers.length)];
  }

  // ---- connections

  /** There may be work: the client rang. */
  public void bell(Session session) {
    if (session.isRung.compareAndSet(false, true)) {
      Roster roster = poller(session).service().roster();
      poller(session).tell(() -> roster.rang(session));
    }
  }

  /**
   * A connection broke. Calls in flight go on; their completions are kept until the client resumes,
   * or the time for that is over. Does nothing if the session has another connection already.
   */
  public void gone(Opened opened) {
    Session session = opened.openSession();
    Roster roster = poller(session).service().roster();
    poller(session).tell(() -> roster.gone(session, opened.connection()));
  }

  /** The client says goodbye: the session is over, and forgotten. */
  public void end(Session session) {
    Roster roster = poller(session).service().roster();
    poller(session).tell(() -> roster.end(session));
  }

  /** The session is over. */
  void forget(Session session) {
    if (byToken.remove(Token.of(session.token())) != null) {
      places.of(session.peer().identity()).give(1);
      SessionView last = session.view();
      var _ = over.updateAndGet(before -> before.and(last));
    }
  }

  // ---- figures

  /** The sessions of this moment. */
  public List<SessionView> views() {
    List<SessionView> views = new ArrayList<>();
    byToken.values().forEach(session -> views.add(session.view()));
    return views;
  }

  /** What calls there were in all sessions, those that are over included. */
  public CallTotals totals() {
    CallTotals sum = Objects.requireNonNull(over.get());
    for (SessionView view : views()) {
      sum = sum.and(view);
    }
    return sum;
  }

  /** The calls in flight of this moment. */
  public List<CallView> calls() {
    List<CallView> calls = new ArrayList<>();
    for (Poller poller : pollers) {
      calls.addAll(poller.service().calls());
    }
    return calls;
  }

  /**
   * How long calls that blocked kept their poller, from the host call to −ESYSLETPENDING: how many
   * took less than 2^i nanoseconds, and at least half of that.
   */
  public long[] handOvers() {
    long[] totals = new long[HandOverTimes.BUCKETS];
    for (Poller poller : pollers) {
      poller.service().handOvers().addTo(totals);
    }
    return totals;
  }

  /** The sum of the times that {@link #handOvers} counts, nanoseconds. */
  public long handOverNanos() {
    long sum = 0;
    for (Poller poller : pollers) {
      sum += poller.service().handOvers().sum();
    }
    return sum;
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
    for (Poller poller : pollers) {
      poller.service().drain();
    }
    long deadline = System.nanoTime() + patience.toNanos();
    while (inFlight() > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    for (Poller poller : pollers) {
      var _ = poller.tellAndWait(poller.service()::cancelAll, MORE_PATIENCE_NANOS);
    }
  }

  /** Calls of all sessions that are in flight. */
  public long inFlight() {
    long sum = 0;
    for (Poller poller : pollers) {
      sum += poller.service().inFlight();
    }
    return sum;
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
    for (Poller poller : pollers) {
      poller.stop();
    }
    boolean interrupted = Thread.interrupted();
    boolean ended = true;
    for (Poller poller : pollers) {
      try {
        ended &= poller.awaitEnd(MORE_PATIENCE_NANOS);
      } catch (InterruptedException e) {
        interrupted = true;
        ended = false;
      }
    }
    byToken.clear();
    if (ended) {
      root.close();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
