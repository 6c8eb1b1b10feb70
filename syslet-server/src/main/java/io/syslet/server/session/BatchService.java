package io.syslet.server.session;

import io.syslet.Errno;
import io.syslet.server.policy.Limits;

/** Takes a session's batches and has them made, a few at a time. The poller's alone. */
final class BatchService {
  /** Batches of one session in a round, so that the others have their turn. */
  private static final int BATCHES = 4;

  private final Limits limits;
  private final SyncedLog log;
  private final BatchRun run;
  private final Ends ends;
  private final int mostInFlight;
  private final int mostHeld;
  private volatile boolean isDraining;

  /**
   * @param mostInFlight how many calls of all sessions may be in flight at once.
   * @param mostHeld how many more may keep their batch waiting.
   */
  BatchService(
      Limits limits, SyncedLog log, BatchRun run, Ends ends, int mostInFlight, int mostHeld) {
    this.limits = limits;
    this.log = log;
    this.run = run;
    this.ends = ends;
    this.mostInFlight = mostInFlight;
    this.mostHeld = mostHeld;
  }

  /** Makes no new call from now on. Any thread. */
  void drain() {
    isDraining = true;
  }

  /** Serves a session: whether there was work. */
  boolean serve(Session session, long now) {
    boolean worked = false;
    for (int i = 0; i < BATCHES && session.mayPoll(); i++) {
      CallBatch batch = session.port().poll();
      if (batch == null) {
        break;
      }
      worked = true;
      serve(session, batch, now);
    }
    if (worked) {
      session.worked(now);
    }
    return worked;
  }

  private void serve(Session session, CallBatch batch, long now) {
    session.figures().batch();
    session.noteConsumed(false);
    int most = Math.min(batch.count(), limits.batch());
    int refusal = refusal(session);
    int allowed = refusal == 0 ? session.allowed(most, now) : 0;
    if (allowed == 0) {
      session.figures().refused();
      session.port().answer(batch, refusal == 0 ? -Errno.EAGAIN : refusal);
      return;
    }
    int accepted = make(session, batch, allowed);
    count(session, accepted);
    log.sync();
    ClientCall waiting = accepted > 0 ? run.waiting() : null;
    if (waiting == null) {
      session.port().answer(batch, accepted);
    } else {
      ends.hold(waiting, accepted);
    }
  }

  /** Makes calls; without a place in flight only those that need none, or briefly. */
  private int make(Session session, CallBatch batch, int most) {
    boolean hasRoom = ends.inFlight() - ends.held() < mostInFlight;
    boolean hasPlace = hasRoom && session.takePlace(limits.inFlight());
    int accepted = run.make(session, batch, most, hasPlace, ends.held() < mostHeld);
    if (hasPlace && !run.tookPlace()) {
      session.givePlace();
    }
    return accepted;
  }

  /** Whether a session may make calls: 0 or −errno. */
  private int refusal(Session session) {
    if (isDraining) {
      return -Errno.ESHUTDOWN;
    }
    return log.hasFailed() || ends.hasUnlogged(session) ? -Errno.EIO : 0;
  }

  private void count(Session session, int accepted) {
    if (accepted <= 0) {
      session.figures().refused();
      return;
    }
    session.accepted(accepted, run.blocked());
    if (run.blocked()) {
      ends.began();
    }
  }
}
