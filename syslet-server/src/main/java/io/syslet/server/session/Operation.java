package io.syslet.server.session;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call of a client under way: its private memory, the descriptors that it holds, and how far
 * its {@link Rule} has come. Pooled; its index is the caller data of its host calls. The poller's
 * alone, but for what {@link #view} reads.
 */
final class Operation extends ClientCall {
  final int index;
  final long scratch;
  final ClientPath path;
  final ClientPath secondPath;

  /** Where the next host call is written: a slot that completes to the poller's ring. */
  long target;

  /** How far the rule is; what a number means is the rule's business. */
  int step;

  /** No later call may start before this one has ended, or it needs more than one host call. */
  boolean isAlone;

  /** Whether it may wait for something that may never come: there is a place for it. */
  boolean mayWait;

  /** It would have had to wait and may not: it is not accepted. */
  boolean isRefused;

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

  /** Translated addresses and numbers that the rule keeps between steps. */
  long out;

  long kept;
  long deadline;

  /** Descriptors of the server that belong to this call, or −1. */
  int host;

  int secondHost;

  /** A descriptor of the session that the call is about, if the rule says so. */
  @Nullable Descriptor subject;

  private final Discards discards;
  private @Nullable Rule rule;
  private @Nullable PortUse use;
  private Descriptor[] used = new Descriptor[2];
  private int usedCount;
  private boolean hasCall;
  private boolean isDone;
  private long status;
  private volatile @Nullable CallView view;

  /** Gets the server's descriptors that a call has done with. */
  interface Discards {
    void discard(int host);
  }

  Operation(int index, long scratch, Discards discards) {
    this.index = index;
    this.scratch = scratch;
    this.discards = discards;
    this.path = new ClientPath(this, scratch + Scratch.PATH);
    this.secondPath = new ClientPath(this, scratch + Scratch.SECOND_PATH);
  }

  /** Begins the call of a slot: the rule must start next. */
  void begin(Session owner, Batch from, int at, Rule how) {
    begin(owner, from, at);
    rule = how;
    step = 0;
    host = -1;
    secondHost = -1;
    usedCount = 0;
    isAlone = false;
    isLogged = false;
    hasPlace = false;
    mayWait = true;
    isRefused = false;
    isCanceled = false;
    hasCall = false;
    isDone = false;
  }

  /** The call would have to wait, and may not. */
  void refuse() {
    isRefused = true;
    done(-Errno.EAGAIN);
  }

  /** The call goes on after its batch: keeps the registers, which were the batch's. */
  void detach(PortUse port, long since) {
    keepRegisters(scratch + Scratch.REGISTERS);
    use = port;
    view = new CallView(session().id(), callerData(), nr(), since);
  }

  /** The call is over: lets go of everything. */
  void end() {
    DescriptorTable table = session().descriptors();
    for (int i = 0; i < usedCount; i++) {
      table.release(used[i]);
    }
    usedCount = 0;
    subject = null;
    discard();
    view = null;
    use = null;
    forget();
  }

  Rule rule() {
    return Objects.requireNonNull(rule);
  }

  PortUse port() {
    return Objects.requireNonNull(use);
  }

  /** The call as others see it while it is pending, else null. Any thread. */
  @Nullable CallView view() {
    return view;
  }

  // ---- descriptors

  /** The open descriptor of a client's number, held until the call has ended; or null. */
  @Nullable Descriptor use(int number) {
    Descriptor found = session().descriptors().get(number);
    if (found != null) {
      hold(found);
    }
    return found;
  }

  void hold(Descriptor descriptor) {
    if (usedCount == used.length) {
      used = Arrays.copyOf(used, 2 * usedCount);
    }
    DescriptorTable.use(descriptor);
    used[usedCount++] = descriptor;
  }

  /** The host's descriptor that paths of the client's {@code dirfd} are relative to; −EBADF. */
  int base(int dirfd) {
    if (dirfd == Sys.AT_FDCWD) {
      Descriptor directory = session().workingDirectory();
      hold(directory);
      return directory.host;
    }
    Descriptor found = use(dirfd);
    return found == null ? -Errno.EBADF : found.host;
  }

  /** Gives the descriptor that a host call made to the client: its number, or −EMFILE. */
  long install(int descriptor, int kind, int flags, int from) {
    if (session().isOver()) {
      session().descriptors().unreserve(1);
      discards.discard(descriptor);
      return -Errno.ECANCELED;
    }
    return session()
        .descriptors()
        .install(descriptor, kind, flags & ~Sys.O_CLOEXEC, cloexec(flags), from);
  }

  /** Gives it the client's number {@code number}, closing what that named. */
  long replace(int number, int descriptor, int kind, int flags) {
    if (session().isOver()) {
      return install(descriptor, kind, flags, number);
    }
    return session()
        .descriptors()
        .replace(number, descriptor, kind, flags & ~Sys.O_CLOEXEC, cloexec(flags));
  }

  private static int cloexec(int flags) {
    return (flags & Sys.O_CLOEXEC) != 0 ? Sys.FD_CLOEXEC : 0;
  }

  /** Closes the descriptors of the server that belong to this call, later. */
  private void discard() {
    if (host >= 0) {
      discards.discard(host);
      host = -1;
    }
    if (secondHost >= 0) {
      discards.discard(secondHost);
      secondHost = -1;
    }
  }

  // ---- host calls

  /** Ends the call. */
  void done(long result) {
    isDone = true;
    hasCall = false;
    status = result;
  }

  boolean isDone() {
    return isDone;
  }

  long status() {
    return status;
  }

  /** The next host call. */
  void call(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    Registers.put(target, nr, a0, a1, a2, a3, a4, a5);
    Memory.putLong(target + CallSlots.PARAMS + Params.CALLER_DATA, index);
    hasCall = true;
  }

  /** Whether a host call is to be made; it counts as made from now on. */
  boolean takeCall() {
    boolean has = hasCall;
    hasCall = false;
    return has;
  }

  /** Remembers the host call, to make it {@link #again}. */
  void save() {
    Memory.copy(target, scratch + Scratch.SAVED, Registers.LENGTH);
  }

  /** Makes the remembered host call again. */
  void again() {
    Memory.copy(scratch + Scratch.SAVED, target, Registers.LENGTH);
    Memory.putLong(target + CallSlots.PARAMS + Params.CALLER_DATA, index);
    hasCall = true;
  }
}
