package io.syslet.server.session;

import io.syslet.Syslet;
import io.syslet.client.Users;
import io.syslet.client.wire.Wire;
import io.syslet.server.policy.Operation;
import io.syslet.server.policy.Policy;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A call of a session under way: the slot of its batch while there is one, and what the session,
 * its log and its port are still to be told of it. Pooled. The poller's alone, but for what {@link
 * #view} reads.
 */
final class ClientCall extends Operation implements PortCall {
  private final HostCanceler canceler;
  private @Nullable Session session;
  private @Nullable CallBatch batch;
  private @Nullable PortUse use;
  private @Nullable Object attachment;
  private int slot;
  private long callerData;
  private volatile @Nullable CallView view;

  /** Has one of the places for calls in flight. */
  private boolean hasPlace;

  /** Its number in the session's log, where it has begun. */
  private long logNumber;

  private boolean isLogged;

  /** Completed before it ended; what still ends is for nobody. */
  private boolean isCanceled;

  /** The batch that waits for the call, and how many of its slots were accepted. */
  private @Nullable CallBatch waiting;

  private int waitingAccepted;

  ClientCall(int index, long scratch, IntConsumer closer, HostCanceler canceler) {
    super(index, scratch, closer);
    this.canceler = canceler;
  }

  /** Begins the call of a slot, which {@link #start} must follow. */
  void begin(Session owner, CallBatch from, int at, Policy policy) {
    session = owner;
    batch = from;
    slot = at;
    callerData = from.callerData(at);
    hasPlace = false;
    isLogged = false;
    isCanceled = false;
    begin(owner.process(), from.slot(at), policy);
    if (from.isTimed(at)) {
      within(from.deadline(at));
    }
  }

  /** Ends the call: lets go of everything. */
  void end() {
    endCall();
    if (use != null) {
      use.end();
    }
    view = null;
    use = null;
    batch = null;
    waiting = null;
    attachment = null;
  }

  Session session() {
    return Objects.requireNonNull(session);
  }

  /** The port that the call uses, once it has blocked. */
  Port port() {
    return Objects.requireNonNull(use).port();
  }

  /** The call as others see it while it is pending, else null. Any thread. */
  @Nullable CallView view() {
    return view;
  }

  // ---- its batch

  /** Tells the batch how the call has ended. */
  void answer(long status) {
    CallBatch from = Objects.requireNonNull(batch);
    from.status(slot, status);
  }

  /** The call has blocked: keeps the registers, which are the batch's. */
  void block(long since) {
    keepRegisters();
    attachment = null;
    use = session().callBlocked();
    view = new CallView(session().id(), callerData, nr(), since, givenPath(), firstDescriptor());
  }

  /** A call that has blocked goes on after its batch, and keeps its place. */
  void goPending() {
    answer(-Syslet.ESYSLETPENDING);
    Objects.requireNonNull(batch).pending(this);
    batch = null;
    hasPlace = true;
    session().figures().pending();
  }

  /** The batch, of which so many slots were accepted, waits for the call, which has blocked. */
  void holdBatch(int accepted) {
    waiting = batch;
    waitingAccepted = accepted;
    batch = null;
    session().hold();
  }

  /** Whether its batch waits for it. */
  boolean holdsBatch() {
    return waiting != null;
  }

  /**
   * Answers the batch that waits for it, also while its client is away and may come back; unless
   * that has another port by now.
   */
  void answerHeldBatch(long status) {
    CallBatch held = Objects.requireNonNull(waiting);
    waiting = null;
    Session owner = session();
    owner.figures().inline();
    if (owner.port() == port()) {
      owner.letGo();
      held.status(slot, status);
      owner.port().answer(held, waitingAccepted);
    }
  }

  /** A call that had blocked counts as in flight no more. */
  void leave() {
    session().callEnded();
    if (hasPlace) {
      hasPlace = false;
      session().givePlace();
    }
  }

  boolean isCanceled() {
    return isCanceled;
  }

  void cancel() {
    isCanceled = true;
  }

  // ---- its end before its time

  @Override
  protected long cancel(int form, long value) {
    return canceler.ask(session(), form, value);
  }

  /** Whether it is pending, of a session, and meant by a {@link Wire#CANCEL}. */
  boolean isMeant(Session by, int form, long value) {
    return view != null
        && session == by
        && batch == null
        && !holdsBatch()
        && !isCanceled
        && !isDone()
        && isMeant(form, value);
  }

  private boolean isMeant(int form, long value) {
    return switch (form) {
      case Wire.CANCEL_ID -> callerData == value;
      case Wire.CANCEL_FD -> names((int) value);
      default -> true;
    };
  }

  // ---- the log

  boolean isLogged() {
    return isLogged;
  }

  /** Writes that the call begins: 0 or −errno. */
  int logBegin() {
    Session owner = session();
    logNumber = owner.nextCall();
    int error = log().began(owner.id(), logNumber, callerData, nr());
    isLogged = error == 0;
    return error;
  }

  /** Writes that the call begins, and makes that last, since it has effects: 0 or −errno. */
  int logBeginForGood() {
    int error = logBegin();
    return error < 0 ? error : log().sync();
  }

  /** Writes that the call is over without a completion, if it has begun there. */
  void logInlineEnd(long status) {
    if (isLogged) {
      Session owner = session();
      log().endedInline(owner.id(), logNumber, status);
    }
  }

  /** Writes the call's completion: whether the log has it. */
  boolean logCompletion(long status) {
    Session owner = session();
    return log().completed(owner.id(), logNumber, status) == 0;
  }

  SyncedLog log() {
    return session().log();
  }

  // ---- for the port and the rule

  @Override
  public long callerData() {
    return callerData;
  }

  @Override
  public @Nullable Object attachment() {
    return attachment;
  }

  @Override
  public void attach(@Nullable Object object) {
    attachment = object;
  }

  @Override
  protected int passingSocket() {
    return session().port().passingSocket();
  }

  @Override
  protected boolean isOwnUser() {
    return session().peer().uid() == Users.own();
  }

  @Override
  protected long translate(long address, long length) {
    return session().port().translate(Objects.requireNonNull(batch), slot, address, length);
  }

  @Override
  protected int copyString(long address, long to, int limit) {
    return session().port().copyString(Objects.requireNonNull(batch), slot, address, to, limit);
  }
}
