package io.syslet.server.session;

import io.syslet.server.guard.Complaints;
import io.syslet.server.guard.Quota;
import io.syslet.server.policy.ClientProcess;
import io.syslet.server.policy.DescriptorTable;
import io.syslet.server.policy.ServedRoot;
import io.syslet.table.CallTable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A client's stay: its descriptors, its calls in flight, its limits.
 *
 * <p>Public methods may be called by any thread. The rest belongs to the poller.
 */
public final class Session {
  private static final Logger LOG = System.getLogger(Session.class.getName());
  private static final int NUMBERS = 512;
  private static final int MAX_PID = 1 << 22;

  private final long id;
  private final byte[] token;
  private final Peer peer;
  private final ClientProcess process;
  private final Quota.Share places;
  private final boolean[] complainedAbout = new boolean[NUMBERS + 1];

  final SessionLog log;
  final TokenBucket bucket;
  final Outbox outbox;

  /** Calls that have ended and whose end the log has not taken; in order. */
  final ArrayDeque<ClientCall> unlogged = new ArrayDeque<>();

  final Count calls = new Count();
  final Count inline = new Count();
  final Count pending = new Count();
  final Count refused = new Count();
  final Count batches = new Count();
  final Count bells = new Count();
  final Count inFlight = new Count();
  final Count posted = new Count();
  final Count consumed = new Count();

  /** In the poller's queue because of a bell. */
  final AtomicBoolean isRung = new AtomicBoolean();

  /** The connection that the session belongs to now; changed under the session's lock. */
  volatile long connection;

  /** The connection that the poller knows of. */
  long attached;

  volatile boolean isConnected;
  @Nullable Port newestPort;

  private @Nullable PortUse use;
  private volatile int openDescriptors;
  private volatile int capacity;
  private boolean isForgotten;

  /** Polled in each round. */
  boolean isActive;

  /** Completions have been posted and not been shown. */
  boolean isDirty;

  /** A batch waits for a call to end: no other is polled. */
  boolean isHeld;

  /** When it had work last, of {@link System#nanoTime}. */
  long lastWork;

  /** When the client went. */
  long goneAt;

  private long logNumbers;
  private long acknowledged;

  Session(
      long id,
      byte[] token,
      Peer peer,
      ServedRoot root,
      SessionLog log,
      Outbox outbox,
      TokenBucket bucket,
      DescriptorTable descriptors,
      Quota.Share places) {
    this.id = id;
    this.token = token;
    this.peer = peer;
    this.log = log;
    this.outbox = outbox;
    this.bucket = bucket;
    long pid = peer.pid() > 0 ? peer.pid() : id % MAX_PID + 1;
    this.process = new ClientProcess(root, descriptors, pid, this::noteRefusal);
    this.places = places;
    this.acknowledged = outbox.consumed();
    posted.set(outbox.posted());
    consumed.set(outbox.consumed());
  }

  /** The number of the session; names it in the log and on the page. */
  public long id() {
    return id;
  }

  /** The 16 bytes by which a client shows that the session is its own; a copy. */
  public byte[] token() {
    return token.clone();
  }

  /** Who began it. */
  public Peer peer() {
    return peer;
  }

  /** The session as it is now. */
  public SessionView view() {
    return new SessionView(
        id,
        peer,
        isConnected,
        calls.get(),
        inline.get(),
        pending.get(),
        refused.get(),
        (int) inFlight.get(),
        openDescriptors,
        posted.get(),
        consumed.get(),
        capacity,
        batches.get(),
        bells.get());
  }

  /** Whether the completions from a position on are still there. */
  boolean has(long position) {
    return position >= consumed.get() && position <= posted.get();
  }

  /** The client comes over a new connection: false if it is too late. */
  synchronized boolean connect(Port port, long newConnection) {
    if (isForgotten) {
      return false;
    }
    newestPort = port;
    connection = newConnection;
    return true;
  }

  /** Nobody can come back any more. */
  synchronized void forget() {
    isForgotten = true;
  }

  /** Forgets the session unless somebody is coming back: whether it did. */
  synchronized boolean forgetUnlessAwaited() {
    isForgotten |= connection == attached;
    return isForgotten;
  }

  // ---- the poller's

  /** The client as its calls see it. */
  ClientProcess process() {
    return process;
  }

  Port port() {
    return use().port;
  }

  PortUse use() {
    return Objects.requireNonNull(use);
  }

  /** The client has this port now. */
  void attach(Port port) {
    PortUse old = use;
    if (old == null || old.port != port) {
      use = new PortUse(port);
      capacity = port.capacity();
      if (old != null) {
        old.retire();
      }
    }
  }

  /** Whether the session has ended: nobody is told of its calls. */
  boolean isOver() {
    return process.hasEnded();
  }

  /** Ends the session. What calls under way use follows with them. */
  void end() {
    isConnected = false;
    process.end();
    noteDescriptors();
    if (use != null) {
      use.retire();
    }
  }

  void noteDescriptors() {
    if (openDescriptors != process.descriptorCount()) {
      openDescriptors = process.descriptorCount();
    }
  }

  /** A number for a call in the log. */
  long nextCall() {
    return logNumbers++;
  }

  /** Learns what the client has consumed; tells the log from time to time, or now. */
  void noteConsumed(boolean now) {
    PortUse current = use;
    if (current == null || !isConnected) {
      return;
    }
    outbox.consumed(current.port.consumed());
    long position = outbox.consumed();
    consumed.set(position);
    long some = now ? 1 : Math.max(current.port.capacity() / 4, 1);
    if (position - acknowledged >= some && log.acknowledged(id, position) == 0) {
      acknowledged = position;
    }
  }

  /** Takes a place for a call that may block: whether there was one. */
  boolean takePlace(int limit) {
    return room(limit) > 0 && places.take(1, inFlight.get());
  }

  /** Gives it back. */
  void givePlace() {
    places.give(1);
  }

  /** How many more calls may be in flight, the client's room being what it is. */
  long room(int limit) {
    long busy = inFlight.get();
    long unread = outbox.posted() - outbox.consumed();
    return Math.min(limit - busy, port().capacity() - unread - busy);
  }

  /** Counts a call that is not allowed, and logs it if it is the first of its kind. */
  private void noteRefusal(long nr) {
    refused.add(1);
    int n = (int) nr >= 0 && (int) nr < NUMBERS ? (int) nr : NUMBERS;
    if (!complainedAbout[n]) {
      complainedAbout[n] = true;
      Complaints.log(
          LOG,
          Level.WARNING,
          peer.identity(),
          "session {0} ({1}): call {2} ({3}) is not allowed",
          Long.toString(id),
          peer,
          Integer.toString((int) nr),
          CallTable.name(nr));
    }
  }
}
