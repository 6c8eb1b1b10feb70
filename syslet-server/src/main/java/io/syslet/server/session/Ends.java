package io.syslet.server.session;

import io.syslet.Errno;
import io.syslet.ring.CompletionHandler;
import io.syslet.ring.CompletionRing;
import java.util.ArrayList;
import java.util.function.BiConsumer;
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

  private final ClientCallPool pool;
  private final HostEntry entry;
  private final HostCloser closer;
  private final Roster roster;
  private final BiConsumer<Session, Throwable> failures;
  private final long[] statuses = new long[MOST];
  private final long[] calls = new long[MOST];
  private final ArrayList<Session> dirty = new ArrayList<>();
  private final UnloggedCalls unlogged = new UnloggedCalls();
  private final Count inFlight = new Count();
  private int count;
  private int held;

  /**
   * @param roster learns which sessions are to be polled again.
   * @param failures learns which sessions do not work, and why.
   */
  Ends(
      ClientCallPool pool,
      HostEntry entry,
      HostCloser closer,
      Roster roster,
      BiConsumer<Session, Throwable> failures) {
    this.pool = pool;
    this.entry = entry;
    this.closer = closer;
    this.roster = roster;
    this.failures = failures;
  }

  /** Calls in flight. Any thread. */
  long inFlight() {
    return inFlight.get();
  }

  /** A call has blocked. */
  void began() {
    inFlight.add(1);
  }

  /** A call has blocked for which its batch, of which so many slots were accepted, waits. */
  void hold(ClientCall call, int accepted) {
    call.holdBatch(accepted);
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
    ring.drain(this, MOST);
    for (int i = 0; i < count; i++) {
      ClientCall call = pool.get(calls[i]);
      if (entry.goOn(call, statuses[i])) {
        ended(call);
      }
    }
    return true;
  }

  @Override
  public void onCompletion(long status, long callerData) {
    if (callerData >= 0) {
      statuses[count] = status;
      calls[count++] = callerData;
    } else if (callerData == HostCloser.CALLER_DATA) {
      closer.ended();
    }
  }

  private void ended(ClientCall call) {
    Session session = call.session();
    session.noteDescriptors();
    if (call.isCanceled()) {
      pool.give(call);
    } else if (session.isOver()) {
      held -= call.holdsBatch() ? 1 : 0;
      drop(call);
    } else if (call.holdsBatch()) {
      answer(call, call.status());
      pool.give(call);
    } else {
      complete(call);
    }
  }

  /** The call counts as in flight no more. */
  private void leave(ClientCall call) {
    inFlight.add(-1);
    call.leave();
  }

  /** The call has ended, for nobody. */
  private void drop(ClientCall call) {
    leave(call);
    pool.give(call);
  }

  /** Answers a batch that waited for its last call, which so did not go pending. */
  private void answer(ClientCall call, long status) {
    leave(call);
    held--;
    call.logInlineEnd(status);
    try {
      call.answerHeldBatch(status);
    } catch (RuntimeException | VirtualMachineError e) {
      failures.accept(call.session(), e);
    }
    roster.activate(call.session());
  }

  private void complete(ClientCall call) {
    Session session = call.session();
    boolean hasFailed = call.log().hasFailed();
    if (!hasFailed && (unlogged.hasSome(session) || !call.logCompletion(call.status()))) {
      unlogged.add(call);
    } else {
      postAndGive(call, hasFailed ? -Errno.EIO : call.status());
    }
  }

  private void postAndGive(ClientCall call, long status) {
    post(call, status);
    pool.give(call);
  }

  private void post(ClientCall call, long status) {
    call.session().delivery().post(call.callerData(), status);
    leave(call);
    deliver(call.session(), call);
  }

  /** Posts what the client's port does not have; the last one may be a call's that just ended. */
  void deliver(Session session, @Nullable ClientCall last) {
    Delivery delivery = session.delivery();
    if (!session.isConnected() || !delivery.isBehind()) {
      return;
    }
    try {
      delivery.deliver(last);
    } catch (RuntimeException | VirtualMachineError e) {
      failures.accept(session, e);
    }
    show(session);
  }

  /** Has the port show its client what it has not shown, in the next {@link #flush}. */
  void show(Session session) {
    if (session.isConnected() && session.delivery().markDirty()) {
      dirty.add(session);
    }
  }

  /** Shows clients what was posted. */
  void flush() {
    for (int i = 0; i < dirty.size(); i++) {
      Session session = dirty.get(i);
      session.delivery().markClean();
      if (session.isConnected() && !session.isOver()) {
        flush(session);
      }
    }
    dirty.clear();
  }

  private void flush(Session session) {
    try {
      session.port().flush();
    } catch (RuntimeException | VirtualMachineError e) {
      failures.accept(session, e);
    }
  }

  // ---- what the log did not take

  boolean hasUnlogged() {
    return !unlogged.isEmpty();
  }

  /** Whether the log has not taken all ends of a session's calls. */
  boolean hasUnlogged(Session session) {
    return unlogged.hasSome(session);
  }

  /** Tries again. */
  void retry() {
    unlogged.retry(
        call -> call.logCompletion(call.status()), call -> postAndGive(call, call.status()));
  }

  /** The session is over: nobody waits for what the log did not take. */
  void forget(Session session) {
    unlogged.take(session).forEach(this::drop);
  }

  /**
   * Completes all calls in flight with an error; what they do on is for nobody. Without a log
   * nothing is written any more: those that have ended get the error, too.
   */
  void endAll(int error) {
    unlogged.takeAll().forEach(call -> postAndGive(call, -Errno.EIO));
    for (int i = 0; i < pool.made(); i++) {
      ClientCall call = pool.get(i);
      boolean isInFlight = call.view() != null && !call.isCanceled() && !call.isDone();
      if (isInFlight && !call.session().isOver()) {
        cancel(call, error);
      }
    }
  }

  private void cancel(ClientCall call, int error) {
    call.cancel();
    if (call.holdsBatch()) {
      answer(call, error);
    } else if (call.log().hasFailed()) {
      post(call, -Errno.EIO);
    } else if (call.logCompletion(error)) {
      post(call, error);
    } else {
      leave(call);
    }
  }
}
