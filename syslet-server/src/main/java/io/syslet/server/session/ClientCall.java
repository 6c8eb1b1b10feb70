package io.syslet.server.session;

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
final class ClientCall extends Operation implements PendingCall {
  /** Has one of the places for calls in flight. */
  boolean hasPlace;

  /** Began in the session's log. */
  boolean isLogged;

  /** Completed already, when the server drained; what still ends is for nobody. */
  boolean isCanceled;

  /** The batch that waits for this call, since the log could not take it as pending; or null. */
  @Nullable Batch waiting;

  /** How many slots of that batch were accepted. */
  int waitingAccepted;

  /** The number of the call in the session's log. */
  long logNumber;

  private @Nullable Session session;
  private @Nullable Batch batch;
  private @Nullable PortUse use;
  private @Nullable Object attachment;
  private int slot;
  private long callerData;
  private volatile @Nullable CallView view;

  ClientCall(int index, long scratch, IntConsumer closer) {
    super(index, scratch, closer);
  }

  /** Begins the call of a slot, which {@link #start} must follow. */
  void begin(Session owner, Batch from, int at, Policy policy) {
    session = owner;
    batch = from;
    slot = at;
    callerData = from.callerData(at);
    hasPlace = false;
    isLogged = false;
    isCanceled = false;
    begin(owner.process(), from.slot(at), policy);
  }

  /** The call goes on after its batch: keeps the registers, which were the batch's. */
  void detach(PortUse port, long since) {
    keepRegisters();
    batch = null;
    attachment = null;
    use = port;
    view = new CallView(session().id(), callerData, nr(), since);
  }

  /** The call is over: lets go of everything. */
  void end() {
    endCall();
    view = null;
    use = null;
    batch = null;
    attachment = null;
  }

  Session session() {
    return Objects.requireNonNull(session);
  }

  PortUse port() {
    return Objects.requireNonNull(use);
  }

  /** Which slot of its batch it is. */
  int slot() {
    return slot;
  }

  /** The call as others see it while it is pending, else null. Any thread. */
  @Nullable CallView view() {
    return view;
  }

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
  protected long translate(long address, long length) {
    return session().port().translate(Objects.requireNonNull(batch), slot, address, length);
  }

  @Override
  protected int copyString(long address, long to, int limit) {
    return session().port().copyString(Objects.requireNonNull(batch), slot, address, to, limit);
  }
}
