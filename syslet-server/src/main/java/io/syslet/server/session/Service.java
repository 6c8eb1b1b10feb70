package io.syslet.server.session;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.ring.CompletionRing;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Poller} does in a round, for the sessions that are its own.
 *
 * <p>Of these it polls those that had work lately. The others have announced that they will ring
 * ({@link Port#idle}); they cost nothing.
 */
final class Service {
  private static final Logger LOG = System.getLogger(Service.class.getName());

  /** Batches of one session in a round, so that the others have their turn. */
  private static final int BATCHES = 4;

  /** How often sessions that a client left are looked at. */
  private static final long LOOK_NANOS = 100_000_000;

  private final Sessions sessions;
  private final Limits limits;
  private final long spin;
  private final SessionLog log;
  private final CompletionRing ring;
  private final Policy policy;
  private final OperationPool pool;
  private final HostCloser closer;
  private final HandOverTimes handOvers = new HandOverTimes();
  private final int mostInFlight;
  private final ArrayList<Session> all = new ArrayList<>();
  private final ArrayList<Session> active = new ArrayList<>();
  private final ArrayList<Session> gone = new ArrayList<>();
  private final Ends ends;
  private @Nullable BatchRun batchRun;
  private volatile boolean isDraining;
  private long now;
  private long lookedAt;

  Service(
      Sessions sessions,
      Kernel kernel,
      CompletionRing ring,
      SessionOptions options,
      SessionLog log,
      int mostInFlight) {
    this.sessions = sessions;
    this.limits = options.limits();
    this.spin = options.spin().toNanos();
    this.log = log;
    this.ring = ring;
    this.mostInFlight = mostInFlight;
    this.policy = new Policy(options.canWrite());
    this.closer = new HostCloser(kernel, ring, Poller.CLOSES);
    this.pool = new OperationPool(kernel.arena(), mostInFlight + Batch.CAPACITY, closer::add);
    this.ends = new Ends(pool, closer, this::activate, this::fail);
  }

  // ---- any thread

  List<CallView> calls() {
    return pool.views();
  }

  HandOverTimes handOvers() {
    return handOvers;
  }

  /** Calls in flight. */
  long inFlight() {
    return ends.inFlight();
  }

  /** From now on no new call is made. */
  void drain() {
    isDraining = true;
  }

  /** Where a session's descriptors are closed. */
  DescriptorTable newTable(DescriptorBudget budget) {
    return new DescriptorTable(limits.descriptors(), budget, closer::add);
  }

  // ---- the poller

  void begin(Kernel kernel) {
    batchRun = new BatchRun(kernel, policy, pool, handOvers, ring);
    ends.begin(batch());
  }

  private BatchRun batch() {
    return Objects.requireNonNull(batchRun);
  }

  /** One look at everything: whether there was work. */
  boolean round(long time) {
    now = time;
    boolean worked = ends.collect(ring);
    for (int i = 0; i < active.size(); i++) {
      worked |= serveSafely(active.get(i));
    }
    rest();
    if (now - lookedAt >= LOOK_NANOS) {
      lookedAt = now;
      lookForThoseGone();
      ends.retry();
    }
    if (ends.takeWrote()) {
      var _ = log.sync();
    }
    ends.flush();
    closer.closeAll();
    return worked;
  }

  private boolean serveSafely(Session session) {
    try {
      return serve(session);
    } catch (RuntimeException | InternalError e) {
      fail(session, e);
      return true;
    }
  }

  private void fail(Session session, Throwable e) {
    LOG.log(Level.ERROR, "session " + session.id() + " is ended", e);
    end(session);
  }

  private boolean serve(Session session) {
    boolean worked = false;
    for (int i = 0; i < BATCHES && !session.isHeld && session.isConnected; i++) {
      Batch batch = session.port().poll();
      if (batch == null) {
        break;
      }
      worked = true;
      serve(session, batch);
    }
    if (worked) {
      session.lastWork = now;
      session.noteDescriptors();
    }
    return worked;
  }

  private void serve(Session session, Batch batch) {
    session.batches.add(1);
    session.noteConsumed(false);
    int most = Math.min(batch.count(), limits.batch());
    int refusal = refusal(session);
    int allowed = refusal == 0 ? session.bucket.allowed(most, now) : 0;
    int accepted = allowed == 0 ? refusal : batch().make(session, batch, allowed);
    if (allowed == 0 && refusal == 0) {
      accepted = -Errno.EAGAIN;
    }
    count(session, accepted);
    if (allowed > 0 && batch().wrote()) {
      var _ = log.sync();
    }
    Operation waiting = accepted > 0 ? batch().waiting() : null;
    if (waiting == null) {
      session.port().answer(batch, accepted);
    } else {
      waiting.waitingAccepted = accepted;
      session.isHeld = true;
    }
  }

  /** Whether a session may make calls: 0 or −errno. */
  private int refusal(Session session) {
    if (isDraining) {
      return -Errno.ESHUTDOWN;
    }
    if (!session.unlogged.isEmpty()) {
      return -Errno.EIO;
    }
    boolean hasRoom = session.room(limits.inFlight()) > 0 && ends.inFlight() < mostInFlight;
    return hasRoom ? 0 : -Errno.EAGAIN;
  }

  private void count(Session session, int accepted) {
    if (accepted <= 0) {
      session.refused.add(1);
      return;
    }
    session.bucket.take(accepted);
    session.calls.add(accepted);
    boolean blocked = batch().blocked();
    session.inline.add(blocked ? accepted - 1 : accepted);
    if (blocked) {
      ends.began();
    }
  }

  /** Stops polling sessions that had nothing to do for long. */
  private void rest() {
    for (int i = active.size() - 1; i >= 0; i--) {
      Session session = active.get(i);
      if (!session.isConnected || session.isHeld || isIdle(session)) {
        session.isActive = false;
        active.set(i, active.getLast());
        active.removeLast();
      }
    }
  }

  private boolean isIdle(Session session) {
    if (now - session.lastWork < spin) {
      return false;
    }
    session.noteConsumed(true);
    return session.port().idle();
  }

  /** Whether to look again soon. */
  boolean mayHaveWork() {
    return !active.isEmpty() || !ring.isEmpty();
  }

  /** How long the poller may sleep. */
  long nanosToWait() {
    return gone.isEmpty() && !ends.hasUnlogged() ? Long.MAX_VALUE : LOOK_NANOS;
  }

  // ---- commands

  void activate(Session session) {
    if (!session.isActive && !session.isOver() && session.isConnected) {
      session.isActive = true;
      session.lastWork = now;
      active.add(session);
    }
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
    now = System.nanoTime();
    activate(session);
  }

  /** The connection broke. */
  void gone(Session session, long connection) {
    if (session.connection == connection && session.isConnected) {
      session.noteConsumed(true);
      session.isConnected = false;
      leave(session);
    }
  }

  private void lookForThoseGone() {
    for (int i = gone.size() - 1; i >= 0; i--) {
      Session session = gone.get(i);
      if (now - session.goneAt > limits.resume().toNanos() && session.forgetUnlessAwaited()) {
        end(session);
      }
    }
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

  /** Completes what is in flight, since the server ends. */
  void cancelAll() {
    ends.cancelAll();
    var _ = log.sync();
    ends.flush();
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
    closer.closeAll();
  }
}
