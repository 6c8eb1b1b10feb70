package io.syslet.server.session;

import io.syslet.server.guard.PeerComplaints;
import io.syslet.server.guard.Quota;
import io.syslet.server.guard.TokenBucket;
import io.syslet.server.policy.ClientProcess;
import io.syslet.server.policy.DescriptorTable;
import io.syslet.server.policy.ServedRoot;

/**
 * A client's stay: its descriptors, its calls in flight, its limits.
 *
 * <p>Public methods may be called by any thread. The rest belongs to the poller.
 */
public final class Session {
  private static final int MAX_PID = 1 << 22;

  private final long id;
  private final TokenHash token;
  private final Peer peer;
  private final ClientProcess process;
  private final SyncedLog log;
  private final Delivery delivery;
  private final TokenBucket bucket;
  private final Quota.Share places;
  private final Arrivals arrivals = new Arrivals();
  private final CallFigures figures = new CallFigures();
  private final Count inFlight = new Count();
  private final Count booked = new Count();
  private volatile boolean isConnected;
  private volatile int openDescriptors;
  private boolean isActive;
  private boolean isHeld;
  private long lastWork;
  private long goneAt;
  private long logNumbers;

  Session(
      long id,
      TokenHash token,
      Peer peer,
      ServedRoot root,
      SyncedLog log,
      Outbox outbox,
      TokenBucket bucket,
      DescriptorTable descriptors,
      Quota.Share places,
      PeerComplaints complaints) {
    this.id = id;
    this.token = token;
    this.peer = peer;
    this.log = log;
    this.delivery = new Delivery(outbox, descriptors::closeHost);
    this.bucket = bucket;
    this.places = places;
    long pid = peer.pid() > 0 ? peer.pid() : id % MAX_PID + 1;
    RefusedCalls refused = new RefusedCalls(id, peer, figures, complaints);
    this.process = new ClientProcess(root, descriptors, pid, refused::add);
  }

  // ---- any thread

  /** The number of the session; names it in the log and on the page. */
  public long id() {
    return id;
  }

  /** By which a client's token is known to be the session's. */
  TokenHash token() {
    return token;
  }

  /** Who began it. */
  public Peer peer() {
    return peer;
  }

  /** The session as it is now. */
  public SessionView view() {
    CallTotals totals = figures.totals();
    return new SessionView(
        id,
        peer,
        isConnected,
        totals.calls(),
        totals.inline(),
        totals.pending(),
        totals.refused(),
        (int) inFlight.get(),
        openDescriptors,
        delivery.posted(),
        delivery.consumed(),
        delivery.capacity(),
        figures.batches(),
        figures.bells());
  }

  /** Completions that calls in flight will have. */
  long booked() {
    return booked.get();
  }

  /** Who comes to the session. */
  Arrivals arrivals() {
    return arrivals;
  }

  /** What goes to the client; only its figures are any thread's. */
  Delivery delivery() {
    return delivery;
  }

  // ---- coming and going

  /** A client opened or resumed the session; a port that it has goes on where it is. */
  void attach(Port port, long consumed, long connection, boolean isNew) {
    arrivals.attached(connection);
    if (isNew) {
      delivery.begin(port, consumed);
      isHeld = false;
    }
    isConnected = true;
  }

  /** That connection broke, if it is still the session's: whether it was. */
  boolean disconnect(long connection) {
    if (!isConnected || !arrivals.isNewest(connection)) {
      return false;
    }
    noteConsumed(true);
    isConnected = false;
    return true;
  }

  /** Has no client from now on. */
  void beginToWait(long now) {
    goneAt = now;
  }

  /** Whether no client came in time; none can, then. */
  boolean isForsaken(long now, long patience) {
    return now - goneAt > patience && arrivals.closeUnlessAwaited();
  }

  boolean isConnected() {
    return isConnected;
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
    delivery.end();
  }

  // ---- whether it is polled

  /** The client rang. */
  void rang() {
    arrivals.answerBell();
    figures.bell();
  }

  /** Is to be polled from now on: whether it was not, and can be. */
  boolean activate(long now) {
    if (isActive || isOver() || !isConnected) {
      return false;
    }
    isActive = true;
    lastWork = now;
    return true;
  }

  void deactivate() {
    isActive = false;
  }

  /** Whether it may have another batch made. */
  boolean mayPoll() {
    return isConnected && !isHeld;
  }

  /** Whether it has had no batch for so long, and its port has none. */
  boolean isIdle(long now, long nanos) {
    if (now - lastWork < nanos) {
      return false;
    }
    noteConsumed(true);
    return port().idle();
  }

  /** Batches have been made. */
  void worked(long now) {
    lastWork = now;
    noteDescriptors();
  }

  void noteDescriptors() {
    if (openDescriptors != process.descriptorCount()) {
      openDescriptors = process.descriptorCount();
    }
  }

  /** Learns what the client has consumed; tells the log from time to time, or now. */
  void noteConsumed(boolean now) {
    if (isConnected && delivery.hasPort()) {
      delivery.noteConsumed(log, id, now);
    }
  }

  // ---- batches

  /** The client as its calls see it. */
  ClientProcess process() {
    return process;
  }

  SyncedLog log() {
    return log;
  }

  CallFigures figures() {
    return figures;
  }

  Port port() {
    return delivery.port();
  }

  /** Of so many calls, how many may be made now. */
  int allowed(int wanted, long now) {
    return bucket.allowed(wanted, now);
  }

  /** So many calls of a batch were accepted, of which the last may have blocked. */
  void accepted(int calls, boolean blocked) {
    bucket.take(calls);
    figures.accepted(calls, blocked);
  }

  /** A batch waits for a call: no other is polled. */
  void hold() {
    isHeld = true;
  }

  void letGo() {
    isHeld = false;
  }

  // ---- calls in flight

  /** Takes a place for a call that may block: whether there was one. */
  boolean takePlace(int limit) {
    long busy = inFlight.get();
    boolean hasRoom = Math.min(limit, delivery.room()) > busy;
    boolean taken = hasRoom && places.take(1, busy);
    booked.add(taken ? 1 : 0);
    return taken;
  }

  void givePlace() {
    places.give(1);
    booked.add(-1);
  }

  /** A call has blocked: the port that it uses. */
  PortUse callBlocked() {
    PortUse use = delivery.use();
    inFlight.add(1);
    use.begin();
    return use;
  }

  /** A call that had blocked is over. */
  void callEnded() {
    inFlight.add(-1);
  }

  /** A number for a call in the log. */
  long nextCall() {
    return logNumbers++;
  }
}
