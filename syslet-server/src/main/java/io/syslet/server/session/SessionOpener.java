package io.syslet.server.session;

import io.syslet.Errno;
import io.syslet.client.wire.Token;
import io.syslet.client.wire.Wire;
import io.syslet.server.guard.PeerComplaints;
import io.syslet.server.guard.Quota;
import io.syslet.server.guard.TokenBucket;
import io.syslet.server.policy.DescriptorTable;
import io.syslet.server.policy.Limits;
import io.syslet.server.policy.ServedRoot;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Opens a server's sessions, and lets clients go on with them. Any thread. */
final class SessionOpener {
  private static final Logger LOG = System.getLogger(Sessions.class.getName());
  private static final long[] NONE = new long[0];

  private final Limits limits;
  private final ServedRoot root;
  private final Quota descriptors;
  private final Quota inFlight;
  private final SessionIndex index;
  private final PollerGroup pollers;
  private final PeerComplaints complaints;
  private final SecureRandom random = new SecureRandom();
  private final AtomicLong ids = new AtomicLong();
  private long connections;
  private boolean isStopped;

  SessionOpener(
      SessionOptions options,
      ServedRoot root,
      SessionIndex index,
      PollerGroup pollers,
      PeerComplaints complaints) {
    this.limits = options.limits();
    this.root = root;
    this.index = index;
    this.pollers = pollers;
    this.complaints = complaints;
    this.descriptors = new Quota(limits.totalDescriptors(), limits.peerPercent());
    this.inFlight = new Quota(limits.totalInFlight(), limits.peerPercent());
  }

  /** Opens no session any more: −ESHUTDOWN. */
  synchronized void stop() {
    isStopped = true;
  }

  /** Adds a session of a server before. */
  void restore(Restored old) {
    ids.accumulateAndGet(old.id(), Math::max);
    Outbox outbox = new Outbox(old.position(), old.callerData(), old.statuses());
    index.adoptPlace(old.peer());
    add(newSession(old.id(), old.token(), old.peer(), outbox));
  }

  /** {@link Sessions#open}. */
  synchronized Opened open(Peer peer, byte @Nullable [] token, long consumed, PortFactory ports) {
    if (isStopped) {
      return Opened.refused(-Errno.ESHUTDOWN);
    }
    return token == null ? openNew(peer, ports) : resume(peer, token, consumed, ports);
  }

  private Opened openNew(Peer peer, PortFactory ports) {
    if (!index.takePlace(peer)) {
      return Opened.refused(-Errno.EMFILE);
    }
    Opened opened = openWithPlace(peer, ports);
    if (!opened.isOpen()) {
      index.givePlace(peer);
    }
    return opened;
  }

  private Opened openWithPlace(Peer peer, PortFactory ports) {
    byte[] token = new byte[Wire.TOKEN_LENGTH];
    random.nextBytes(token);
    TokenHash hash = TokenHash.of(token);
    long id = ids.incrementAndGet();
    Session session = newSession(id, hash, peer, new Outbox(0, NONE, NONE));
    Port port = make(ports, session, 0, null);
    if (port == null) {
      return Opened.refused(-Errno.ENOMEM);
    }
    int error = pollers.log(id).opened(id, hash, peer);
    if (error < 0) {
      port.close();
      return Opened.refused(error);
    }
    add(session);
    return connect(session, port, 0, Token.of(token), false);
  }

  private Opened resume(Peer peer, byte[] token, long told, PortFactory ports) {
    Session session = index.find(token);
    if (session == null) {
      return Opened.refused(-Errno.ESTALE);
    }
    if (!session.peer().isSameAs(peer)) {
      complaints.log(
          LOG,
          Level.WARNING,
          peer.identity(),
          "session {0} is asked for by another: {1}",
          Long.toString(session.id()),
          peer);
      return Opened.refused(-Errno.EPERM);
    }
    Delivery delivery = session.delivery();
    long consumed = told == Sessions.AS_THE_PORT_COUNTS ? delivery.consumed() : told;
    if (told != Sessions.AS_THE_PORT_COUNTS && !delivery.has(consumed)) {
      return Opened.refused(-Errno.ERANGE);
    }
    Port previous = session.arrivals().newestPort();
    Port port = make(ports, session, consumed, previous);
    if (port == null) {
      return Opened.refused(-Errno.ENOMEM);
    }
    long booked = session.booked(); // before posted: a call that ends meanwhile is in both
    if (port != previous && port.capacity() < booked + delivery.posted() - consumed) {
      port.close();
      return Opened.refused(-Errno.EINVAL);
    }
    return connect(session, port, consumed, Token.of(token), true);
  }

  private @Nullable Port make(
      PortFactory ports, Session session, long consumed, @Nullable Port previous) {
    try {
      return ports.make(session, consumed, previous);
    } catch (IOException e) {
      complaints.log(
          LOG,
          Level.WARNING,
          session.peer().identity(),
          "no port for {0}: {1}",
          session.peer(),
          String.valueOf(e.getMessage()));
      return null;
    }
  }

  private Opened connect(Session session, Port port, long consumed, Token token, boolean resumed) {
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
    return new Opened(0, session, port, connection, token, resumed);
  }

  private Session newSession(long id, TokenHash token, Peer peer, Outbox outbox) {
    TokenBucket bucket = TokenBucket.perSecond(limits.callsPerSecond(), System.nanoTime());
    Service service = pollers.of(id).service();
    DescriptorTable table = service.newTable(descriptors.of(peer.identity()));
    Quota.Share calls = inFlight.of(peer.identity());
    return new Session(
        id, token, peer, root, service.log(), outbox, bucket, table, calls, complaints);
  }

  private void add(Session session) {
    index.add(session);
    pollers.of(session.id()).tell(service -> service.add(session));
  }
}
