package io.syslet.server.session;

import io.syslet.Errno;
import io.syslet.ring.CompletionHandler;
import io.syslet.ring.CompletionRing;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ends of calls that blocked: host calls complete into the poller's ring; a call that needs
 * another one goes on; one that has ended is written to the log, gets a position, and is posted to
 * its client.
 *
 * <p>What the log cannot take is kept, in order, and tried again; nothing is posted that a restart
 * would not know. The poller's alone, but for {@link #inFlight}.
 */
final class Ends implements CompletionHandler {
  private static final int MOST = 256;

  private final Roster roster;
  private final ClientCallPool pool;
  private final HostCloser closer;
  private final long[] statuses = new long[MOST];
  private final long[] operations = new long[MOST];
  private final ArrayList<Session> dirty = new ArrayList<>();
  private final ArrayList<Session> unlogged = new ArrayList<>();
  private final Count inFlight = new Count();
  private @Nullable BatchRun run;
  private int count;
  private int held;
  private boolean wrote;

  /**
   * @param roster learns which sessions are to be polled again, and which do not work.
   */
  Ends(ClientCallPool pool, HostCloser closer, Roster roster) {
    this.roster = roster;
    this.pool = pool;
    this.closer = closer;
  }

  void begin(BatchRun batchRun) {
    run = batchRun;
  }

  /** Calls in flight. Any thread. */
  long inFlight() {
    return inFlight.get();
  }

  /** A call has blocked. */
  void began() {
    inFlight.add(1);
  }

  /** A batch waits for a call. */
  void hold() {
    held++;
  }

  /** How many batches wait for a call. */
  int held() {
    return held;
  }

  /** Takes completions out of the ring and goes on with their calls: whether there were any. */
  boolean collect(CompletionRing ring) {
    if (ring.isEmpty()) {
      return false;
    }
    count = 0;
    var _ = ring.drain(this, MOST);
    for (int i = 0; i < count; i++) {
      ended(pool.get(operations[i]), statuses[i]);
    }
    return true;
  }

  @Override
  public void onCompletion(long status, long callerData) {
    if (callerData >= 0) {
      statuses[count] = status;
      operations[count++] = callerData;
    } else if (callerData == HostCloser.CALLER_DATA) {
      closer.ended();
    }
  }

  private void ended(ClientCall op, long status) {
    if (!Objects.requireNonNull(run).goOn(op, status)) {
      return;
    }
    Session session = op.session();
    session.noteDescriptors();
    if (op.isCanceled) {
      release(op);
    } else if (session.isOver()) {
      leave(op);
      held -= op.waiting == null ? 0 : 1;
      release(op);
    } else if (op.waiting != null) {
      answer(op, op.waiting, op.status());
      release(op);
    } else {
      complete(op);
    }
  }

  /** The call counts as in flight no more. */
  private void leave(ClientCall op) {
    inFlight.add(-1);
    op.session().inFlight.add(-1);
    if (op.hasPlace) {
      op.hasPlace = false;
      op.session().givePlace();
    }
  }

  private void release(ClientCall op) {
    op.waiting = null;
    op.port().end();
    pool.give(op);
  }

  /** Answers a batch that waited for its last call, which so did not go pending. */
  private void answer(ClientCall op, Batch batch, long status) {
    Session session = op.session();
    leave(op);
    held--;
    session.isHeld = false;
    session.inline.add(1);
    if (op.isLogged) {
      wrote = true;
      var _ = session.log.endedInline(session.id(), op.logNumber, status);
    }
    if (session.isConnected && session.use() == op.port()) {
      batch.status(op.slot(), status);
      session.port().answer(batch, op.waitingAccepted);
    }
    roster.activate(session);
  }

  private void complete(ClientCall op) {
    Session session = op.session();
    if (session.log.hasFailed()) {
      post(op, -Errno.EIO);
      release(op);
    } else if (session.unlogged.isEmpty() && isLogged(op, op.status())) {
      post(op, op.status());
      release(op);
    } else {
      session.unlogged.add(op);
      if (session.unlogged.size() == 1) {
        unlogged.add(session);
      }
    }
  }

  private boolean isLogged(ClientCall op, long status) {
    wrote = true;
    Session session = op.session();
    return session.log.completed(session.id(), op.logNumber, status) == 0;
  }

  private void post(ClientCall op, long status) {
    Session session = op.session();
    leave(op);
    session.outbox.add(op.callerData(), status);
    session.posted.set(session.outbox.posted());
    deliver(session, op);
  }

  /** Posts what the client's port does not have; the last one may be a call's that just ended. */
  void deliver(Session session, @Nullable ClientCall last) {
    Outbox outbox = session.outbox;
    if (!session.isConnected || outbox.delivered() == outbox.posted()) {
      return;
    }
    try {
      deliver(session, outbox, last);
    } catch (RuntimeException | InternalError e) {
      roster.fail(session, e);
    }
    if (!session.isDirty) {
      session.isDirty = true;
      dirty.add(session);
    }
  }

  private static void deliver(Session session, Outbox outbox, @Nullable ClientCall last) {
    Port port = session.port();
    while (outbox.delivered() < outbox.posted()) {
      long position = outbox.delivered();
      boolean isLast = position == outbox.posted() - 1;
      ClientCall call = isLast && last != null && last.port() == session.use() ? last : null;
      port.complete(outbox.callerData(position), outbox.status(position), call);
      outbox.delivered(position + 1);
    }
  }

  /** Shows clients what was posted. */
  void flush() {
    for (int i = 0; i < dirty.size(); i++) {
      Session session = dirty.get(i);
      session.isDirty = false;
      if (!session.isOver() && session.isConnected) {
        flush(session);
      }
    }
    dirty.clear();
  }

  private void flush(Session session) {
    try {
      session.port().flush();
    } catch (RuntimeException | InternalError e) {
      roster.fail(session, e);
    }
  }

  /** Whether something was written since the last time. */
  boolean takeWrote() {
    boolean was = wrote;
    wrote = false;
    return was;
  }

  void wrote() {
    wrote = true;
  }

  // ---- what the log did not take

  boolean hasUnlogged() {
    return !unlogged.isEmpty();
  }

  /** Tries again. */
  void retry() {
    for (int i = unlogged.size() - 1; i >= 0; i--) {
      if (retry(unlogged.get(i))) {
        var _ = unlogged.remove(i);
      }
    }
  }

  private boolean retry(Session session) {
    for (ClientCall op = session.unlogged.peek(); op != null; op = session.unlogged.peek()) {
      if (!isLogged(op, op.status())) {
        return false;
      }
      session.unlogged.remove();
      post(op, op.status());
      release(op);
    }
    return true;
  }

  /** The session is over: nobody waits for what the log did not take. */
  void forget(Session session) {
    var _ = unlogged.remove(session);
    for (ClientCall op = session.unlogged.poll(); op != null; op = session.unlogged.poll()) {
      leave(op);
      release(op);
    }
  }

  /**
   * Completes all calls in flight with an error; what they do on is for nobody. Without a log
   * nothing is written any more: those that have ended get the error, too.
   */
  void endAll(int error) {
    for (Session session : unlogged) {
      for (ClientCall op = session.unlogged.poll(); op != null; op = session.unlogged.poll()) {
        post(op, -Errno.EIO);
        release(op);
      }
    }
    unlogged.clear();
    for (int i = 0; i < pool.made(); i++) {
      ClientCall op = pool.get(i);
      if (op.view() != null && !op.isCanceled && !op.session().isOver() && !op.isDone()) {
        cancel(op, error);
      }
    }
  }

  private void cancel(ClientCall op, int error) {
    op.isCanceled = true;
    Batch waiting = op.waiting;
    if (waiting != null) {
      answer(op, waiting, error);
      op.waiting = null;
    } else if (op.session().log.hasFailed()) {
      post(op, -Errno.EIO);
    } else if (isLogged(op, error)) {
      post(op, error);
    } else {
      leave(op);
    }
  }
}
