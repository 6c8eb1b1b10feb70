package io.syslet.server.session;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.ring.CompletionRing;
import io.syslet.server.guard.Quota;
import io.syslet.server.policy.DescriptorTable;
import io.syslet.server.policy.Limits;
import io.syslet.server.policy.Policy;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Poller} does in a round: goes on with calls that blocked, and has the batches of
 * its active sessions made, a few of each.
 */
final class Service {
  /** Batches of one session in a round, so that the others have their turn. */
  private static final int BATCHES = 4;

  /** How often sessions that a client left are looked at. */
  private static final long LOOK_NANOS = 100_000_000;

  /**
   * How much longer a session may be quiet for each one that is active with it: the more clients
   * share the processors, the longer each takes to call again, and ringing costs more than a look.
   */
  private static final long NANOS_PER_ACTIVE = 10_000;

  private final Limits limits;
  private final long spin;
  private final SessionLog log;
  private final CompletionRing ring;
  private final Policy policy;
  private final ClientCallPool pool;
  private final HostCloser closer;
  private final HandOverTimes handOvers = new HandOverTimes();
  private final int mostInFlight;
  private final int mostHeld;
  private final Roster roster;
  private final Ends ends;
  private @Nullable BatchRun batchRun;
  private volatile boolean isDraining;
  private boolean hasGivenUp;
  private long now;
  private long lookedAt;

  Service(
      Sessions sessions,
      Kernel kernel,
      CompletionRing ring,
      SessionOptions options,
      SessionLog log,
      int mostInFlight,
      int mostHeld) {
    this.limits = options.limits();
    this.spin = options.spin().toNanos();
    this.log = log;
    this.ring = ring;
    this.mostInFlight = mostInFlight;
    this.mostHeld = mostHeld;
    this.policy = new Policy(options.canWrite(), options.hidden());
    this.closer = new HostCloser(kernel, ring, Poller.CLOSES);
    this.pool =
        new ClientCallPool(kernel.arena(), mostInFlight + mostHeld + Batch.CAPACITY, closer::add);
    this.roster = new Roster(sessions, log, limits.resume().toNanos(), pool, closer);
    this.ends = roster.ends();
  }

  /** Its sessions; the poller's. */
  Roster roster() {
    return roster;
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
  DescriptorTable newTable(Quota.Share budget) {
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
    if (!hasGivenUp && log.hasFailed()) {
      hasGivenUp = true;
      ends.endAll(-Errno.EIO);
    }
    boolean worked = ends.collect(ring);
    for (int i = 0; i < roster.active(); i++) {
      worked |= serveSafely(roster.active(i));
    }
    rest();
    if (now - lookedAt >= LOOK_NANOS) {
      lookedAt = now;
      roster.lookForThoseGone(now);
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
      roster.fail(session, e);
      return true;
    }
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
    int accepted = allowed == 0 ? refusal : make(session, batch, allowed);
    if (allowed == 0 && refusal == 0) {
      accepted = -Errno.EAGAIN;
    }
    count(session, accepted);
    if (allowed > 0 && batch().wrote()) {
      var _ = log.sync();
    }
    ClientCall waiting = accepted > 0 ? batch().waiting() : null;
    if (waiting == null) {
      session.port().answer(batch, accepted);
    } else {
      waiting.waitingAccepted = accepted;
      ends.hold();
      session.isHeld = true;
    }
  }

  /** Makes calls; without a place in flight only those that need none, or briefly. */
  private int make(Session session, Batch batch, int most) {
    boolean hasRoom = ends.inFlight() - ends.held() < mostInFlight;
    boolean hasPlace = hasRoom && session.takePlace(limits.inFlight());
    int accepted = batch().make(session, batch, most, hasPlace, ends.held() < mostHeld);
    if (hasPlace && !batch().tookPlace()) {
      session.givePlace();
    }
    return accepted;
  }

  /** Whether a session may make calls: 0 or −errno. */
  private int refusal(Session session) {
    if (isDraining) {
      return -Errno.ESHUTDOWN;
    }
    if (log.hasFailed()) {
      return -Errno.EIO;
    }
    if (!session.unlogged.isEmpty()) {
      return -Errno.EIO;
    }
    return 0;
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
    for (int i = roster.active() - 1; i >= 0; i--) {
      Session session = roster.active(i);
      if (!session.isConnected || session.isHeld || isIdle(session)) {
        roster.deactivate(i);
      }
    }
  }

  private boolean isIdle(Session session) {
    if (now - session.lastWork < spin + (roster.active() - 1) * NANOS_PER_ACTIVE) {
      return false;
    }
    try {
      session.noteConsumed(true);
      return session.port().idle();
    } catch (RuntimeException | InternalError e) {
      roster.fail(session, e);
      return true;
    }
  }

  /** Whether to look again soon. */
  boolean mayHaveWork() {
    return roster.active() > 0 || !ring.isEmpty();
  }

  /** How long the poller may sleep. */
  long nanosToWait() {
    boolean mustLook = roster.hasGone() || ends.hasUnlogged();
    mustLook |= ends.inFlight() > 0 && log.canFail();
    return mustLook ? LOOK_NANOS : Long.MAX_VALUE;
  }

  /** Completes what is in flight, since the server ends. */
  void cancelAll() {
    ends.endAll(-Errno.ECANCELED);
    var _ = log.sync();
    ends.flush();
  }

  /** The poller ends. */
  void endAll() {
    roster.endAll();
    closer.closeAll();
  }
}
