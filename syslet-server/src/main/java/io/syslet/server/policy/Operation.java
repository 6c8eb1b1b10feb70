package io.syslet.server.policy;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.ring.Memory;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One call of a client as a {@link Rule} makes it: its private memory, and how far the rule has
 * come. Used again for other calls. The poller's alone.
 *
 * <pre>
 *   begin   start   takeCall   accepted   goOn   takeCall   goOn ...   isDone   endCall
 *                       '- or abandoned, if no host call was made
 * </pre>
 */
public abstract class Operation extends CallHoldings {
  /** Bytes of private memory that an operation needs. */
  public static final int SCRATCH_LENGTH = Scratch.LENGTH;

  final long scratch;
  final ClientPath path;
  final ClientPath secondPath;

  /** How far the rule is; what a number means is the rule's business. */
  int step;

  /** No later call may start before this one has ended, or it needs more than one host call. */
  boolean isAlone;

  /** Whether it may wait for something that may never come: there is a place for it. */
  boolean mayWait;

  /** Translated addresses and numbers that the rule keeps between steps. */
  long out;

  long kept;
  long deadline;

  private final int index;
  private @Nullable Rule rule;
  private long target;
  private boolean hasCall;
  private boolean onlyWaits;
  private boolean hasBlocked;
  private boolean isDone;
  private boolean isRefused;
  private long status;
  private final Term term = new Term();

  /**
   * @param index becomes the caller data of the host calls.
   * @param scratch {@link #SCRATCH_LENGTH} bytes.
   * @param closer gets the server's descriptors that the call has done with.
   */
  @SuppressWarnings("this-escape") // the paths only keep it
  protected Operation(int index, long scratch, IntConsumer closer) {
    super(closer);
    this.index = index;
    this.scratch = scratch;
    this.path = new ClientPath(this, scratch + Scratch.PATH);
    this.secondPath = new ClientPath(this, scratch + Scratch.SECOND_PATH);
  }

  /** The caller data of the host calls. */
  public final int index() {
    return index;
  }

  /** Begins a call, which {@link #start} must follow. */
  protected final void begin(ClientProcess caller, long registers, Policy policy) {
    readFrom(registers);
    begin(caller);
    rule = policy.rule(nr());
    step = 0;
    path.reset();
    isAlone = false;
    mayWait = true;
    hasCall = false;
    onlyWaits = false;
    isDone = false;
    isRefused = false;
    term.begin();
  }

  /** The call has so many nanoseconds from now on, 0 or more. */
  protected final void within(long nanos) {
    term.within(nanos);
  }

  /** The path that the call is about, its beginning if it is long; null for none. */
  protected final @Nullable String givenPath() {
    return path.given();
  }

  /** Keeps the registers, whose memory is about to be used for others. */
  protected final void keepRegisters() {
    copyTo(scratch + Scratch.REGISTERS);
  }

  // ---- how it is made

  /**
   * Checks the call and sets its first host call, or its status.
   *
   * @param slot where the host call is written: it completes to the poller's ring.
   * @param hasPlace whether the call may wait for something that may never come.
   */
  public final void start(long slot, boolean hasPlace) {
    target = slot;
    mayWait = hasPlace;
    rule().start(this);
  }

  /** A host call has returned: sets the next one, to be written to a slot, or the status. */
  public final void goOn(long slot, long result) {
    target = slot;
    rule().ended(this, result);
  }

  /** The host call has blocked: its result comes later. */
  public final void blocked() {
    hasBlocked = true;
  }

  /** The call blocked and was accepted; or, with a status already, was accepted as done. */
  public final void accepted() {
    rule().accepted(this);
  }

  /** The call was not accepted, and no host call made: undoes what {@link #start} did. */
  public final void abandoned() {
    rule().abandoned(this);
  }

  /** Whether no later call may start before this one has ended. */
  public final boolean isAlone() {
    return isAlone;
  }

  /** Lets no later call start before this one has ended. */
  public final void standAlone() {
    isAlone = true;
  }

  /** Whether the call would have had to wait and may not: it is not accepted. */
  public final boolean isRefused() {
    return isRefused;
  }

  /** Whether the call has a status. */
  public final boolean isDone() {
    return isDone;
  }

  /** The status of a call that is done. */
  public final long status() {
    return status;
  }

  /** Whether a host call is to be made; it counts as made from now on. */
  public final boolean takeCall() {
    boolean has = hasCall;
    hasCall = false;
    return has;
  }

  private Rule rule() {
    return Objects.requireNonNull(rule);
  }

  // ---- what a rule says

  /** Ends the call. */
  final void done(long result) {
    isDone = true;
    hasCall = false;
    status = result == -Errno.ECANCELED && term.error() != 0 ? -term.error() : result;
  }

  /** The call would have to wait, and may not. */
  final void refuse() {
    isRefused = true;
    done(-Errno.EAGAIN);
  }

  /** Whether the host call that has returned had blocked. */
  final boolean hasBlocked() {
    return hasBlocked;
  }

  /** Sets the next host call. */
  final void call(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    Registers.put(target, nr, a0, a1, a2, a3, a4, a5);
    onlyWaits = false;
    made();
  }

  /** Sets the next host call, which waits and does nothing else. */
  final void await(long nr, long a0, long a1, long a2, long a3) {
    Registers.put(target, nr, a0, a1, a2, a3, 0, Long.BYTES);
    onlyWaits = true;
    made();
  }

  /** Remembers the host call, to make it {@link #again}. */
  final void save() {
    Memory.copy(target, scratch + Scratch.SAVED, Registers.LENGTH);
  }

  /** Makes the remembered host call again. */
  final void again() {
    Memory.copy(scratch + Scratch.SAVED, target, Registers.LENGTH);
    onlyWaits = false;
    made();
  }

  private void made() {
    Memory.putLong(target + CallSlots.PARAMS + Params.CALLER_DATA, index);
    term.limit(target);
    hasBlocked = false;
    hasCall = true;
  }

  // ---- its end before its time

  /** Whether its host call only waits: it may be taken back, and nothing is lost. */
  public final boolean onlyWaits() {
    return onlyWaits;
  }

  /**
   * Has the call wait no longer: it ends with −ECANCELED if it has done nothing.
   *
   * @return whether nobody has asked that before.
   */
  public final boolean ask() {
    return term.ask();
  }

  /** Whether the call is to wait no longer: it ends with −ECANCELED. */
  final boolean isUnwanted() {
    return isOver() || term.error() != 0;
  }

  /** {@link io.syslet.client.wire.Wire#CANCEL}: asks others to end. */
  final long cancelOthers() {
    return cancel(intArgument(0), argument(1));
  }

  /** Asks calls of the same client to end: 0, −ENOENT, −EINVAL. */
  protected abstract long cancel(int form, long value);
}
