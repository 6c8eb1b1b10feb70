package io.syslet.server.session;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.ring.CompletionRing;
import io.syslet.server.guard.Quota;
import io.syslet.server.policy.DescriptorTable;
import io.syslet.server.policy.Limits;
import io.syslet.server.policy.Policy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a {@link SessionPoller} does in a round: goes on with calls that blocked, and has the
 * batches of its active sessions made, a few of each; and what becomes of its sessions in between.
 * The poller's, but for what is said to be any thread's.
 */
final class Service {
  private static final Logger LOG = System.getLogger(Service.class.getName());

  /** How often sessions that a client left are looked at. */
  private static final long LOOK_NANOS = 100_000_000;

  /**
   * How much longer a session may be quiet for each one that is active with it: the more clients
   * share the processors, the longer each takes to call again, and ringing costs more than a look.
   */
  private static final long NANOS_PER_ACTIVE = 10_000;

  private final Limits limits;
  private final long spin;
  private final SyncedLog log;
  private final CompletionRing ring;
  private final ClientCallPool pool;
  private final HostEntry entry;
  private final HostCloser closer;
  private final HandOverTimes handOvers = new HandOverTimes();
  private final Roster roster;
  private final Ends ends;
  private final BatchService batches;
  private final Consumer<Session> onEnd;
  private boolean hasGivenUp;
  private long now;
  private long lookedAt;

  /**
   * @param inFlight how many calls of its sessions may be in flight at once.
   * @param held how many more may keep their batch waiting.
   * @param onEnd learns which sessions are over.
   */
  Service(
      Kernel kernel,
      CompletionRing ring,
      SessionOptions options,
      SessionLog log,
      int inFlight,
      int held,
      Consumer<Session> onEnd) {
    this.limits = options.limits();
    this.spin = options.spin().toNanos();
    this.log = new SyncedLog(log);
    this.ring = ring;
    this.onEnd = onEnd;
    this.entry = new HostEntry(kernel, ring);
    this.closer = new HostCloser(kernel, ring, SessionPoller.CLOSES);
    this.pool = new ClientCallPool(kernel, ring, inFlight + held + CallBatch.CAPACITY, closer::add);
    this.roster = new Roster(limits.resume().toNanos());
    this.ends = new Ends(pool, entry, closer, roster, this::fail);
    Policy policy = new Policy(options.canWrite(), options.takesDescriptors(), options.hidden());
    BatchRun run = new BatchRun(kernel, entry, policy, pool, handOvers, ring);
    this.batches = new BatchService(limits, this.log, run, ends, inFlight, held);
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

  /** Makes no new call from now on. */
  void drain() {
    batches.drain();
  }

  /** The log of its sessions. */
  SyncedLog log() {
    return log;
  }

  /** The descriptors of a new session. */
  DescriptorTable newTable(Quota.Share budget) {
    return new DescriptorTable(limits.descriptors(), budget, closer::add);
  }

  // ---- sessions

  /** A new session, or one of a server before; it has no client yet. */
  void add(Session session) {
    roster.add(session);
  }

  /** A client opened or resumed a session. */
  void attach(Session session, Port port, long consumed, long connection, boolean isNew) {
    if (session.isOver()) {
      if (isNew) {
        new PortUse(port, closer::add).retire();
      }
      return;
    }
    roster.comeBack(session);
    session.attach(port, consumed, connection, isNew);
    ends.deliver(session, null);
    roster.activate(session);
  }

  /** A client rang, or can take more again: what its port has not sent is to be sent. */
  void rang(Session session) {
    session.rang();
    ends.show(session);
    roster.activate(session);
  }

  /** A connection broke. */
  void gone(Session session, long connection) {
    if (session.disconnect(connection)) {
      roster.leave(session);
    }
  }

  /** The session is over. */
  void end(Session session) {
    if (session.isOver()) {
      return;
    }
    session.arrivals().close();
    onEnd.accept(session);
    roster.remove(session);
    ends.forget(session);
    session.end();
    pool.canceler().forget(session);
    log.closed(session.id());
  }

  /** Something of the session's does not work. */
  private void fail(Session session, Throwable e) {
    LOG.log(Level.ERROR, "session " + session.id() + " is ended", e);
    end(session);
  }

  // ---- rounds

  /** Begins, with the poller's own view of the kernel. */
  void begin(Kernel view) {
    entry.begin(view);
    pool.canceler().begin(view);
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
      worked |= serve(roster.active(i));
    }
    rest();
    if (now - lookedAt >= LOOK_NANOS) {
      lookedAt = now;
      lookForForsaken();
      ends.retry();
    }
    log.sync();
    ends.flush();
    closer.closeAll();
    return worked;
  }

  private boolean serve(Session session) {
    try {
      return batches.serve(session, now);
    } catch (RuntimeException | VirtualMachineError e) {
      fail(session, e);
      return true;
    }
  }

  /** Stops polling sessions that had nothing to do for long. */
  private void rest() {
    for (int i = roster.active() - 1; i >= 0; i--) {
      Session session = roster.active(i);
      if (!session.mayPoll() || isIdle(session)) {
        roster.deactivate(i);
      }
    }
  }

  private boolean isIdle(Session session) {
    try {
      return session.isIdle(now, spin + (roster.active() - 1) * NANOS_PER_ACTIVE);
    } catch (RuntimeException | VirtualMachineError e) {
      fail(session, e);
      return true;
    }
  }

  private void lookForForsaken() {
    for (Session s = roster.forsaken(now); s != null; s = roster.forsaken(now)) {
      end(s);
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

  // ---- the end

  /** Completes what is in flight, since the server ends. */
  void cancelAll() {
    ends.endAll(-Errno.ECANCELED);
    log.syncAll();
    ends.flush();
  }

  /** The poller ends: the sessions stay in the log, to be resumed. */
  void endAll() {
    for (Session session : roster.takeAll()) {
      session.noteConsumed(true);
      ends.forget(session);
      session.end();
      pool.canceler().forget(session);
    }
    log.syncAll();
    closer.closeAll();
  }
}
